/* dropin.c: the C library's contract of sendfile and sendfile64, as a hosted
 * program sees it.
 *
 * usage: dropin FILE RUNNER: FILE is of 64 KiB and holds its own offsets as
 * words; RUNNER is `native` or `qemu-i386`. off_t has the width that
 * _FILE_OFFSET_BITS gives. Says which check fails.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

static int failures;

#define CHECK(holds)                                                                       \
    do {                                                                                   \
        if (!(holds)) {                                                                    \
            printf("dropin.c: line %d: %s (errno %d)\n", __LINE__, #holds, errno);         \
            failures++;                                                                    \
        }                                                                                  \
    } while (0)

/* An error is -1 with this errno, never -errno. */
#define FAILS(call, error)                                                                 \
    do {                                                                                   \
        errno = 0;                                                                         \
        CHECK((call) == -1);                                                               \
        CHECK(errno == (error));                                                           \
    } while (0)

/* A result leaves errno alone. */
#define GIVES(call, result)                                                                \
    do {                                                                                   \
        errno = 12345;                                                                     \
        CHECK((call) == (result));                                                         \
        CHECK(errno == 12345);                                                             \
    } while (0)

static int in_fd, ends[2];

static int arrived(ssize_t count, uint32_t first)
{
    static uint32_t buffer[1024];

    buffer[0] = 0xffffffff;
    return read(ends[0], buffer, sizeof(buffer)) == count && buffer[0] == first;
}

static void results(void)
{
    struct {
        off_t offset;
        uint32_t behind;
    } cell = {0x500, 0xdeadbeef};
    off64_t wide = 0x600;

    GIVES(sendfile(ends[1], in_fd, &cell.offset, 16), 16);
    CHECK(cell.offset == 0x510 && cell.behind == 0xdeadbeef);
    CHECK(arrived(16, 0x500));
    GIVES(sendfile64(ends[1], in_fd, &wide, 20), 20);
    CHECK(wide == 0x614);
    CHECK(arrived(20, 0x600));
    CHECK(lseek(in_fd, 0, SEEK_CUR) == 0);
    GIVES(sendfile(ends[1], in_fd, NULL, 8), 8);
    CHECK(arrived(8, 0));
    GIVES(sendfile64(ends[1], in_fd, NULL, 8), 8);
    CHECK(arrived(8, 8));
    CHECK(lseek(in_fd, 0, SEEK_CUR) == 16);
    wide = 0x10000;
    GIVES(sendfile64(ends[1], in_fd, &wide, 100), 0);
    GIVES(sendfile(ends[1], in_fd, NULL, 0), 0);
}

static void errors(void)
{
    off_t narrow = -1;
    off64_t wide = -1;

    FAILS(sendfile(ends[1], in_fd, &narrow, 8), EINVAL);
    FAILS(sendfile64(ends[1], in_fd, &wide, 8), EINVAL);
    FAILS(sendfile(ends[1], in_fd, &narrow, 0), EINVAL);
    narrow = 0;
    wide = 0;
    FAILS(sendfile(-1, in_fd, &narrow, 8), EBADF);
    FAILS(sendfile64(ends[1], -1, &wide, 8), EBADF);
    FAILS(sendfile64(ends[0], in_fd, &wide, 8), EBADF);
    FAILS(sendfile(ends[1], ends[0], &narrow, 8), ESPIPE);
    CHECK(narrow == 0 && wide == 0);
}

/* X.10: whatever the cell is, it is EFAULT and no crash. */
static void faults(void)
{
    const size_t page = 4096;
    const int kinds[] = {PROT_NONE, PROT_EXEC, PROT_READ};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        char *cell = mmap(NULL, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        CHECK(cell != MAP_FAILED && mprotect(cell, page, kinds[i]) == 0);
        FAILS(sendfile(ends[1], in_fd, (off_t *)(void *)cell, 8), EFAULT);
        FAILS(sendfile64(ends[1], in_fd, (off64_t *)(void *)cell, 8), EFAULT);
        /* What could be read has been sent; some processors execute only what
         * they can read as well. */
        if (kinds[i] == PROT_READ)
            CHECK(arrived(16, 0));
        else
            while (fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 && arrived(16, 0))
                continue;
        CHECK(fcntl(ends[0], F_SETFL, 0) == 0);
        CHECK(munmap(cell, page) == 0);
        FAILS(sendfile(ends[1], in_fd, (off_t *)(void *)cell, 8), EFAULT);
        FAILS(sendfile64(ends[1], in_fd, (off64_t *)(void *)cell, 8), EFAULT);
    }
}

/* Beyond 2 and 4 GiB: an offset of 32 bits does not get there (X.15). */
static void large(int emulated)
{
    int fd = memfd_create("large", 0);
    const uint32_t words[2] = {0x11111111, 0x22222222};
    off64_t wide = 0x100000004;

    CHECK(fd >= 0 && pwrite64(fd, words, sizeof(words), 0x100000000) == sizeof(words));
    GIVES(sendfile64(ends[1], fd, &wide, 100), 4);
    CHECK(wide == 0x100000008);
    CHECK(arrived(4, 0x22222222));
    if (sizeof(off_t) == 4 && !emulated) { /* qemu-i386 makes a call of 64 bits of it. */
        off_t narrow = 0x7ffffff0;
        GIVES(sendfile(ends[1], fd, &narrow, 100), 15);
        CHECK(narrow == 0x7fffffff && arrived(15, 0));
        FAILS(sendfile(ends[1], fd, &narrow, 100), EOVERFLOW);
    }
    CHECK(close(fd) == 0);
}

/* Each thread has an errno of its own. */
static void *thread(void *argument)
{
    const int error = argument == NULL ? EBADF : EINVAL;
    off64_t offset = -1;
    long wrong = 0;

    for (int i = 0; i < 2000; i++) {
        ssize_t result = argument == NULL ? sendfile64(-1, in_fd, NULL, 1)
                                          : sendfile64(ends[1], in_fd, &offset, 1);
        if (result != -1 || errno != error)
            wrong++;
    }
    return (void *)wrong;
}

static void threads(void)
{
    pthread_t running[4];

    for (intptr_t i = 0; i < 4; i++)
        CHECK(pthread_create(&running[i], NULL, thread, (void *)(i % 2)) == 0);
    for (int i = 0; i < 4; i++) {
        void *wrong = NULL;
        CHECK(pthread_join(running[i], &wrong) == 0 && wrong == NULL);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3 || (in_fd = open(argv[1], O_RDONLY)) < 0 || pipe(ends) != 0)
        return 2;
    results();
    errors();
    faults();
    large(strcmp(argv[2], "qemu-i386") == 0);
    threads();
    printf("%zu\n", sizeof(off_t));
    return failures != 0;
}
