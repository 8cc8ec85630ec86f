/* A program with all that a linker has to place, which then sends a file. As
 * C++ it has a table of virtual functions, too. */
#include "int80.h"

#define AT_FDCWD (-100)
#define O_LARGEFILE 0100000

static int once(int x) { return x + 1; }
static int twice(int x) { return x * 2; }

static int (*volatile table[2])(int) = {once, twice};
static const char *volatile names[2] = {"once", "twice"};
static volatile int counter = 40;
static volatile unsigned char zeros[9000];

struct large {
    unsigned char bytes[300];
};

/* Copied by memcpy. */
static struct large filled(int byte)
{
    struct large large;
    unsigned at;

    for (at = 0; at < sizeof large.bytes; at++)
        large.bytes[at] = (unsigned char)byte;
    return large;
}

#ifdef __cplusplus
struct Shape {
    virtual int sides() const = 0;
};
struct Square : Shape {
    int sides() const override { return 4; }
};
struct Triangle : Shape {
    int sides() const override { return 3; }
};
static const Square square{};
static const Triangle triangle{};
static const Shape *volatile shapes[2] = {&square, &triangle};
extern "C" void __cxa_pure_virtual() { for (;;) {} }
#endif

#ifdef __cplusplus
extern "C" /* clang++ gives main of a freestanding program a C++ name. */
#endif
int main(int argc, char **argv)
{
    struct large large;
    unsigned at, sum = 0;
    intptr_t file, moved;
    int80_off64_t offset = 0;

    if (argc != 2)
        return 2;
    counter += argc;
    zeros[8999] = (unsigned char)argc;
    for (at = 0; at < sizeof zeros; at++)
        sum += zeros[at];
    large = filled(counter);
    if (counter != 42 || sum != 2 || large.bytes[299] != 42)
        return 3;
    if (table[0](4) != 5 || table[1](4) != 8 || names[1][0] != 't')
        return 4;
#ifdef __cplusplus
    if (shapes[0]->sides() != 4 || shapes[1]->sides() != 3)
        return 5;
#endif
    file = int80_call4(INT80_NR_OPENAT, AT_FDCWD, (intptr_t)argv[1], O_LARGEFILE, 0);
    if (file < 0)
        return 6;
    do
        moved = int80_sendfile64(1, (int)file, &offset, 4096);
    while (moved > 0);
    return moved == 0 ? 0 : 7;
}
