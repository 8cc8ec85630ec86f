/* int80_transfer_* and int80_bsd_sendfile. */
#include "calls.h"

#define O_NONBLOCK 04000
#define AF_UNIX 1
#define SOCK_STREAM 1

static int in_fd;
static int32_t ends[2];
static uint32_t buffer[PAGE / 4];
static uint8_t space[PAGE];

static void pipe_of(int flags)
{
    CHECK(int80_call2(INT80_NR_PIPE2, (intptr_t)ends, flags) == 0);
}

static void close_both(void)
{
    int80_call1(INT80_NR_CLOSE, ends[0]);
    int80_call1(INT80_NR_CLOSE, ends[1]);
}

/* What came out: how many bytes, and the first word. */
static int arrived(int fd, intptr_t count, uint32_t first)
{
    buffer[0] = 0xffffffff;
    return int80_call3(INT80_NR_READ, fd, (intptr_t)buffer, PAGE) == count && buffer[0] == first;
}

static void runs(void)
{
    int80_transfer transfer;

    pipe_of(0);
    int80_transfer_init(&transfer, ends[1], in_fd, space, sizeof space);
    int80_transfer_set_offset(&transfer, 0x400);
    int80_transfer_set_exactly(&transfer, 1000);
    int80_transfer_grow_pipe(&transfer);
    CHECK(int80_transfer_remaining(&transfer) == 1000);
    CHECK(int80_transfer_run(&transfer) == INT80_TRANSFER_COMPLETE);
    CHECK(int80_transfer_moved(&transfer) == 1000 && int80_transfer_remaining(&transfer) == 0);
    CHECK(int80_transfer_rung(&transfer) == INT80_RUNG_SENDFILE64);
    CHECK(int80_transfer_calls(&transfer) == 2 && int80_transfer_refusal(&transfer) < 0);
    CHECK(arrived(ends[0], 1000, 0x400));

    /* The input ends before the count; the time is not over. */
    int80_transfer_init(&transfer, ends[1], in_fd, NULL, 0);
    int80_transfer_set_offset(&transfer, 0x10000 - 8);
    int80_transfer_set_exactly(&transfer, 100);
    CHECK(int80_transfer_run_for(&transfer, 60000) == INT80_TRANSFER_UNEXPECTED_EOF);
    CHECK(int80_transfer_moved(&transfer) == 8 && int80_transfer_remaining(&transfer) == 92);
    CHECK(arrived(ends[0], 8, 0x10000 - 8));

    /* No more than most, no bytes at all, no promise. */
    int80_transfer_init(&transfer, ends[1], in_fd, NULL, 0);
    int80_transfer_set_most(&transfer, 0);
    CHECK(int80_transfer_run(&transfer) == INT80_TRANSFER_COMPLETE);
    CHECK(int80_transfer_calls(&transfer) == 0);
    CHECK(int80_transfer_remaining(&transfer) == UINT64_MAX);

    /* The side that failed. */
    int80_transfer_init(&transfer, ends[1], -1, space, sizeof space);
    CHECK(int80_transfer_run(&transfer) == -INT80_EBADF);
    CHECK(int80_transfer_side(&transfer) == INT80_SIDE_INPUT);
    int80_transfer_init(&transfer, -1, in_fd, space, sizeof space);
    CHECK(int80_transfer_run(&transfer) == -INT80_EBADF);
    CHECK(int80_transfer_side(&transfer) == INT80_SIDE_OUTPUT);
    close_both();
}

static void steps(void)
{
    int80_transfer transfer;
    uint64_t moved = 0;
    int result;

    pipe_of(O_NONBLOCK);
    int80_transfer_init(&transfer, ends[1], in_fd, space, sizeof space);
    int80_transfer_set_offset(&transfer, 0);
    int80_transfer_set_budget(&transfer, 3000);
    while ((result = int80_transfer_step(&transfer)) == INT80_TRANSFER_MOVED) {
        CHECK(int80_transfer_moved(&transfer) - moved <= 3000);
        moved = int80_transfer_moved(&transfer);
    }
    CHECK(result == INT80_TRANSFER_WOULD_BLOCK || result == INT80_TRANSFER_COMPLETE);
    if (result == INT80_TRANSFER_WOULD_BLOCK) {
        CHECK(int80_transfer_side(&transfer) == INT80_SIDE_OUTPUT);
        CHECK(int80_transfer_run_for(&transfer, 10) == INT80_TRANSFER_TIMED_OUT);
    }
    CHECK(moved > PAGE && int80_transfer_pending(&transfer) == 0);
    CHECK(int80_transfer_give_back(&transfer) == 0);
    close_both();
}

static void bsd(void)
{
    static const struct int80_iovec before = {"head", 4}, behind[2] = {{"ta", 2}, {"il", 2}};
    static const struct int80_sf_hdtr hdtr = {&before, 1, behind, 2};
    int80_off64_t sbytes = -1;
    uint32_t first = 0;

    CHECK(int80_call4(INT80_NR_SOCKETPAIR, AF_UNIX, SOCK_STREAM, 0, (intptr_t)ends) == 0);
    CHECK(int80_bsd_sendfile(in_fd, ends[1], 0x100, 8, &hdtr, &sbytes, 0) == 0);
    CHECK(sbytes == 16);
    for (int i = 0; i < 4; i++)
        first |= (uint32_t)"head"[i] << 8 * i;
    CHECK(arrived(ends[0], 16, first) && buffer[1] == 0x100 && buffer[2] == 0x104);
    CHECK(int80_bsd_sendfile(in_fd, ends[1], 0x10000, 0, NULL, NULL, 0) == 0);
    CHECK(int80_bsd_sendfile(in_fd, ends[1], -1, 0, NULL, &sbytes, 0) == -INT80_EINVAL);
    CHECK(int80_bsd_sendfile(in_fd, ends[1], 0, 0, NULL, NULL, 32) == -INT80_EINVAL);
    CHECK(int80_bsd_sendfile(-1, ends[1], 0, 0, NULL, NULL, 0) == -INT80_EBADF);
    CHECK(int80_bsd_sendfile(in_fd, in_fd, 0, 0, NULL, NULL, 0) == -INT80_ENOTSOCK);
    CHECK(int80_bsd_sendfile(in_fd, ends[1], 0, 0, (const struct int80_sf_hdtr *)16, NULL, 0) ==
          -INT80_EFAULT);
    close_both();
}

void whole_jobs(const char *file)
{
    in_fd = (int)int80_call4(INT80_NR_OPENAT, AT_FDCWD, (intptr_t)file,
                             O_RDONLY | O_LARGEFILE, 0);
    CHECK(in_fd >= 0);
    runs();
    steps();
    bsd();
    int80_call1(INT80_NR_CLOSE, in_fd);
}
