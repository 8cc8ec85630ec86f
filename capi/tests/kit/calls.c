/* calls.c: every function of int80.h, in a program without a C library.
 *
 * usage: calls FILE RUNNER: FILE is of 64 KiB and holds its own offsets as words
 * of 4 bytes; RUNNER is `native` or `qemu-i386`. Says which check fails, and
 * ends with the number of checks that were made.
 */
#include "calls.h"

static const char *runner;
static int checks, failures;

void check(int holds, const char *what, int line)
{
    checks++;
    if (holds)
        return;
    failures++;
    say("calls.c: line ");
    say_number(line);
    say(": ");
    say(what);
    say("\n");
}

/* Every function through keeps_call, which looks at the registers. */
intptr_t kept(void (*function)(void), intptr_t a, intptr_t b, intptr_t c, intptr_t d, intptr_t e,
              intptr_t f, intptr_t g)
{
    const uintptr_t arguments[7] = {(uintptr_t)a, (uintptr_t)b, (uintptr_t)c, (uintptr_t)d,
                                    (uintptr_t)e, (uintptr_t)f, (uintptr_t)g};
    uintptr_t broken = 99;
    intptr_t result = keeps_call(function, arguments, &broken);

    if (broken != 0) {
        say("register ");
        say_number((int)broken);
        say(" is not kept\n");
        failures++;
    }
    return result;
}

static void versions(void)
{
    CHECK(equal(int80_version(), INT80_VERSION_STRING));
}

static void errnos(void)
{
    CHECK(equal(int80_errno_name(INT80_EBADF), "EBADF"));
    CHECK(equal(int80_errno_name(-INT80_EBADF), "EBADF"));
    CHECK(equal(int80_errno_name(INT80_EHWPOISON), "EHWPOISON"));
    CHECK(equal(int80_errno_message(INT80_EPERM), "Operation not permitted"));
    CHECK(equal(int80_errno_message(-INT80_EINVAL), "Invalid argument"));
    for (int error = -140; error <= 140; error++) {
        int unused = error == 0 || error == 41 || error == 58 || error > 133;
        if (error < 0)
            unused = error == -41 || error == -58 || error < -133;
        CHECK((int80_errno_name(error) == NULL) == unused);
        CHECK(equal(int80_errno_message(error), "Unknown error") == unused);
    }
    CHECK(int80_errno_name(INT32_MIN) == NULL && int80_errno_name(INT32_MAX) == NULL);
    CHECK(equal(int80_errno_message(INT32_MIN), "Unknown error"));
}

static void sysinfo(char **envp, const char *file)
{
    uintptr_t entry = int80_find_sysinfo(envp);

#ifdef __x86_64__
    CHECK(entry == 0);
    CHECK(int80_use_sysinfo(0) == 0);
    CHECK(int80_use_sysinfo(1) == -INT80_ENOSYS);
    raw_calls(file);
#else
    /* qemu-i386 has it since, and kernels without a vDSO have not. */
    CHECK((entry == 0) == (equal(runner, "qemu-i386 7.2") || equal(runner, "no AT_SYSINFO")));
    CHECK(int80_use_sysinfo(entry) == 0);
    raw_calls(file);
    CHECK(int80_use_sysinfo(0) == 0);
    raw_calls(file);
#endif
}

int main(int argc, char **argv, char **envp)
{
    CHECK(argc == 3 && argv[3] == NULL);
    CHECK(envp == argv + 4);
    if (failures == 0) {
        runner = argv[2];
        versions();
        errnos();
        raw_calls(argv[1]);
        sysinfo(envp, argv[1]);
        transfers(argv[1], equal(runner, "qemu-i386 7.2") || equal(runner, "qemu-i386 10.0"));
        whole_jobs(argv[1]);
    }
    say_number(checks);
    say(" checks\n");
    return failures != 0;
}
