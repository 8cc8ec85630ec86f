/* A program that has no data, and code and constants in sections of its own, which
 * then sends a file. */
#include "int80.h"

#define AT_FDCWD (-100)
#define O_LARGEFILE 0100000

__attribute__((section("custom_text"), noinline)) static int more(int x)
{
    return x + 1;
}

__attribute__((section("custom_constants"))) static const volatile int one = 1;

#ifdef __cplusplus
extern "C" /* clang++ gives main of a freestanding program a C++ name. */
#endif
int main(int argc, char **argv)
{
    intptr_t file, moved;
    int80_off64_t offset = 0;

    if (argc != 2 || more(one) != argc)
        return 2;
    file = int80_call4(INT80_NR_OPENAT, AT_FDCWD, (intptr_t)argv[1], O_LARGEFILE, 0);
    if (file < 0)
        return 3;
    do
        moved = int80_sendfile64(1, (int)file, &offset, 4096);
    while (moved > 0);
    return moved == 0 ? 0 : 4;
}
