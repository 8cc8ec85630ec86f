/* int80_sendfile and int80_sendfile64. */
#include "calls.h"

#define SEND(function, out_fd, in_fd, offset, count)                                       \
    CALL(function, out_fd, in_fd, (intptr_t)(offset), (intptr_t)(count), -1, -1, -1)

static int in_fd;
static int32_t ends[2];
static uint32_t buffer[PAGE / 4];

/* What came out of the pipe: how many bytes, and the first word. */
static int arrived(intptr_t count, uint32_t first)
{
    buffer[0] = 0xffffffff;
    return int80_call3(INT80_NR_READ, ends[0], (intptr_t)buffer, PAGE) == count &&
           buffer[0] == first;
}

static intptr_t position(void)
{
    return int80_call3(INT80_NR_LSEEK, in_fd, 0, 1);
}

/* The cell of 187 has 32 bits: what stands behind it is left alone. */
static void cells(void)
{
    struct {
        int80_off32_t offset;
        uint32_t behind;
    } narrow = {0x500, 0xdeadbeef};
    int80_off64_t wide = 0x600;

    CHECK(SEND(int80_sendfile, ends[1], in_fd, &narrow, 16) == 16);
    CHECK(narrow.offset == 0x510 && narrow.behind == 0xdeadbeef);
    CHECK(arrived(16, 0x500));
    CHECK(SEND(int80_sendfile64, ends[1], in_fd, &wide, 20) == 20);
    CHECK(wide == 0x614);
    CHECK(arrived(20, 0x600));
    CHECK(position() == 0);

    /* Without a cell, the file's own position. */
    CHECK(SEND(int80_sendfile, ends[1], in_fd, 0, 8) == 8);
    CHECK(arrived(8, 0));
    CHECK(SEND(int80_sendfile64, ends[1], in_fd, 0, 8) == 8);
    CHECK(arrived(8, 8));
    CHECK(position() == 16);

    /* The end of the file, and no bytes at all. */
    narrow.offset = 0x10000 - 4;
    CHECK(SEND(int80_sendfile, ends[1], in_fd, &narrow, 100) == 4);
    CHECK(narrow.offset == 0x10000);
    CHECK(arrived(4, 0x10000 - 4));
    CHECK(SEND(int80_sendfile, ends[1], in_fd, &narrow, 100) == 0);
    wide = 0x123456789a;
    CHECK(SEND(int80_sendfile64, ends[1], in_fd, &wide, 100) == 0);
    CHECK(wide == 0x123456789a);
    CHECK(SEND(int80_sendfile64, ends[1], in_fd, 0, 0) == 0);
}

/* Beyond 4 GiB, where the high half of the cell counts; 187 does not get
 * there. */
static void large(int emulated)
{
    const intptr_t flags = 0;
    intptr_t fd = int80_call2(INT80_NR_MEMFD_CREATE, (intptr_t) "large", flags);
    int80_off64_t wide = 0x100000004;
    int80_off32_t narrow = 0x7fffffff;
    const uint32_t words[2] = {0x11111111, 0x22222222};

    CHECK(fd > 2);
    CHECK(int80_call5(INT80_NR_PWRITE64, fd, (intptr_t)words, 8, 0, 1) == 8);
    CHECK(SEND(int80_sendfile64, ends[1], (int)fd, &wide, 100) == 4);
    CHECK(wide == 0x100000008);
    CHECK(arrived(4, 0x22222222));
    if (!emulated) { /* qemu-i386 makes a call of 64 bits of it. */
        CHECK(SEND(int80_sendfile, ends[1], (int)fd, &narrow, 100) == -INT80_EOVERFLOW);
        CHECK(narrow == 0x7fffffff);
        narrow = 0x7ffffff0;
        CHECK(SEND(int80_sendfile, ends[1], (int)fd, &narrow, 100) == 15);
        CHECK(narrow == 0x7fffffff);
        CHECK(arrived(15, 0));
    }
    CHECK(int80_call1(INT80_NR_CLOSE, fd) == 0);
}

/* The cell is the kernel's to touch: no crash, whatever it is. */
static void faults(void)
{
    intptr_t page = int80_call6(INT80_NR_MMAP2, 0, PAGE, 1, 0x22, -1, 0);

    CHECK(page > 0 || page < -4095);
    for (intptr_t bad = 8; bad != 0; bad = bad == 8 ? (intptr_t)-4096 : 0) {
#ifdef __i386__ /* On x86_64 such an offset is the caller's fault. */
        CHECK(SEND(int80_sendfile, ends[1], in_fd, bad, 8) == -INT80_EFAULT);
#endif
        CHECK(SEND(int80_sendfile64, ends[1], in_fd, bad, 8) == -INT80_EFAULT);
    }
    /* It can be read and not written: the bytes move all the same. */
#ifdef __i386__
    CHECK(SEND(int80_sendfile, ends[1], in_fd, page, 8) == -INT80_EFAULT);
    CHECK(arrived(8, 0));
#endif
    CHECK(SEND(int80_sendfile64, ends[1], in_fd, page, 12) == -INT80_EFAULT);
    CHECK(arrived(12, 0));
    CHECK(int80_call2(INT80_NR_MUNMAP, page, PAGE) == 0);
}

static void errors(const char *file)
{
    int80_off32_t narrow = -1;
    int80_off64_t wide = -1;
    intptr_t append = int80_call4(INT80_NR_OPENAT, AT_FDCWD, (intptr_t)file, O_WRONLY | 02000, 0);

    CHECK(SEND(int80_sendfile, ends[1], in_fd, &narrow, 8) == -INT80_EINVAL && narrow == -1);
    CHECK(SEND(int80_sendfile64, ends[1], in_fd, &wide, 8) == -INT80_EINVAL && wide == -1);
    CHECK(SEND(int80_sendfile64, ends[1], in_fd, &wide, 0) == -INT80_EINVAL);
    narrow = 0;
    wide = 0;
    CHECK(SEND(int80_sendfile, -1, in_fd, &narrow, 8) == -INT80_EBADF);
    CHECK(SEND(int80_sendfile64, ends[1], -1, &wide, 8) == -INT80_EBADF);
    CHECK(SEND(int80_sendfile64, ends[0], in_fd, &wide, 8) == -INT80_EBADF);
    CHECK(SEND(int80_sendfile, ends[1], ends[0], &narrow, 8) == -INT80_ESPIPE);
    CHECK(SEND(int80_sendfile64, ends[1], ends[0], &wide, 8) == -INT80_ESPIPE);
    CHECK(append > 2);
    CHECK(SEND(int80_sendfile64, (int)append, in_fd, &wide, 8) == -INT80_EINVAL);
    CHECK(narrow == 0 && wide == 0);
    CHECK(int80_call1(INT80_NR_CLOSE, append) == 0);
}

void transfers(const char *file, int emulated)
{
    in_fd = (int)int80_call4(INT80_NR_OPENAT, AT_FDCWD, (intptr_t)file, O_LARGEFILE, 0);
    CHECK(in_fd > 2);
    CHECK(int80_call2(INT80_NR_PIPE2, (intptr_t)ends, 0) == 0);
    cells();
    large(emulated);
    faults();
    errors(file);
    CHECK(int80_call1(INT80_NR_CLOSE, ends[0]) == 0);
    CHECK(int80_call1(INT80_NR_CLOSE, ends[1]) == 0);
    CHECK(int80_call1(INT80_NR_CLOSE, in_fd) == 0);
}
