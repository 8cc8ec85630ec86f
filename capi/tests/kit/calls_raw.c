/* int80_call0..6: each with a call that reads all of its arguments and whose
 * result shows that they were the right ones in the right order. */
#include "calls.h"

static uint32_t buffer[PAGE / 4];

/* The file's word at `offset`, which is the offset itself. */
static void offsets(int fd)
{
    /* pread64 takes five on i386: the offset in two, the low half first. */
    CHECK(CALL(int80_call5, INT80_NR_PREAD64, fd, (intptr_t)buffer, 8, 0x1234, 0, -1) == 8);
    CHECK(buffer[0] == 0x1234 && buffer[1] == 0x1238);
    /* Beyond 4 GiB there is nothing: the high half is not lost. */
    CHECK(CALL(int80_call5, INT80_NR_PREAD64, fd, (intptr_t)buffer, 8, 0x1234, 1, -1) == 0);
    CHECK(CALL(int80_call5, INT80_NR_PREAD64, fd, (intptr_t)buffer, 8, 0, -1, -1) ==
          -INT80_EINVAL);

    /* _llseek takes the high half first, and says the position in memory. */
    uint32_t position[2] = {0, 0};
    CHECK(CALL(int80_call5, INT80_NR__LLSEEK, fd, 2, 0x40, (intptr_t)position, 0, -1) == 0);
    CHECK(position[0] == 0x40 && position[1] == 2);
    CHECK(CALL(int80_call3, INT80_NR_LSEEK, fd, 0x80, 0, -1, -1, -1) == 0x80);
    CHECK(CALL(int80_call3, INT80_NR_READ, fd, (intptr_t)buffer, 4, -1, -1, -1) == 4);
    CHECK(buffer[0] == 0x80);
}

/* mmap2 takes six: address, length, protection, flags, fd, pages. */
static void mapping(int fd)
{
    intptr_t page = CALL(int80_call6, INT80_NR_MMAP2, 0, PAGE, 1, 2, fd, 3);
    const volatile uint32_t *words = (const volatile uint32_t *)page;

    CHECK(page > 0 || page < -4095);
    CHECK(words[0] == 3 * PAGE && words[5] == 3 * PAGE + 20);
    CHECK(CALL(int80_call2, INT80_NR_MUNMAP, page, PAGE, -1, -1, -1, -1) == 0);
    CHECK(CALL(int80_call6, INT80_NR_MMAP2, 0, PAGE, 1, 2, -1, 3) == -INT80_EBADF);
}

/* splice takes six, two of them cells. */
static void pipes(int fd)
{
    int32_t ends[2] = {-1, -1};
    int64_t offset = 0x2000;

    CHECK(CALL(int80_call2, INT80_NR_PIPE2, (intptr_t)ends, 0, -1, -1, -1, -1) == 0);
    CHECK(CALL(int80_call6, INT80_NR_SPLICE, fd, (intptr_t)&offset, ends[1], 0, 16, 0) == 16);
    CHECK(offset == 0x2010);
    CHECK(CALL(int80_call3, INT80_NR_READ, ends[0], (intptr_t)buffer, PAGE, -1, -1, -1) == 16);
    CHECK(buffer[0] == 0x2000 && buffer[3] == 0x200c);
    CHECK(CALL(int80_call1, INT80_NR_CLOSE, ends[0], -1, -1, -1, -1, -1) == 0);
    CHECK(CALL(int80_call1, INT80_NR_CLOSE, ends[0], -1, -1, -1, -1, -1) == -INT80_EBADF);
    CHECK(CALL(int80_call1, INT80_NR_CLOSE, ends[1], -1, -1, -1, -1, -1) == 0);
}

void raw_calls(const char *file)
{
    intptr_t pid = CALL(int80_call0, INT80_NR_GETPID, -1, -1, -1, -1, -1, -1);
    CHECK(pid > 0);
    CHECK(CALL(int80_call0, INT80_NR_GETTID, -1, -1, -1, -1, -1, -1) == pid);
    CHECK(CALL(int80_call2, INT80_NR_KILL, pid, 0, -1, -1, -1, -1) == 0);
    CHECK(CALL(int80_call2, INT80_NR_KILL, pid, 1000, -1, -1, -1, -1) == -INT80_EINVAL);

    /* Neither table has these; one gives the kernel's answer, one the gate's. */
    CHECK(CALL(int80_call0, 0x7000, -1, -1, -1, -1, -1, -1) == -INT80_ENOSYS);
    CHECK(CALL(int80_call0, (intptr_t)0xffffffff, -1, -1, -1, -1, -1, -1) == -INT80_ENOSYS);

    intptr_t fd = CALL(int80_call4, INT80_NR_OPENAT, AT_FDCWD, (intptr_t)file,
                       O_RDONLY | O_LARGEFILE, 0, -1, -1);
    CHECK(fd > 2);
    CHECK(CALL(int80_call4, INT80_NR_OPENAT, AT_FDCWD, (intptr_t) "/nowhere", O_RDONLY, 0, -1,
               -1) == -INT80_ENOENT);
    offsets((int)fd);
    mapping((int)fd);
    pipes((int)fd);
    CHECK(CALL(int80_call1, INT80_NR_CLOSE, fd, -1, -1, -1, -1, -1) == 0);
}
