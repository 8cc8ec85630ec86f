/* copy.c: sends a file to standard output, in C without a C library.
 *
 *     cc -m32 -O2 -ffreestanding -fno-pie -fno-stack-protector -I include \
 *        -static -nostdlib -T share/int80/link.ld -Wl,--gc-sections,--build-id=none -o copy copy.c \
 *        lib/i386/int80_start.o -L lib/i386 -lint80 -lint80_memory
 *     ./copy FILE >COPY
 *
 * With -m64 and lib/x86_64 it is an x86_64 program.
 */
#include "int80.h"

#define AT_FDCWD (-100)
#define O_LARGEFILE 0100000
#define STDOUT 1
#define STDERR 2

static void say(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    int80_call3(INT80_NR_WRITE, STDERR, (intptr_t)text, (intptr_t)length);
}

static int fail(const char *what, const char *why)
{
    say("copy: ");
    say(what);
    say(": ");
    say(why);
    say("\n");
    return 1;
}

int main(int argc, char **argv, char **envp)
{
    static unsigned char buffer[16384]; /* for what only read and write support */
    int80_transfer transfer;
    intptr_t in_fd;
    int result;

    if (argc != 2)
        return fail("usage", "copy FILE");
    /* Use the quicker entry point, if there is one. */
    int80_use_sysinfo(int80_find_sysinfo(envp));
    in_fd = int80_call4(INT80_NR_OPENAT, AT_FDCWD, (intptr_t)argv[1], O_LARGEFILE, 0);
    if (in_fd < 0)
        return fail(argv[1], int80_errno_message((int)in_fd));
    int80_transfer_init(&transfer, STDOUT, (int)in_fd, buffer, sizeof buffer);
    result = int80_transfer_run(&transfer);
    if (result < 0) {
        const char *side = argv[1];

        if (int80_transfer_side(&transfer) == INT80_SIDE_OUTPUT)
            side = "standard output";
        return fail(side, int80_errno_message(result));
    }
    return 0;
}
