/* uninitialised.c FILE OUT: transfers whose struct, buffer and results are memory
 * of the stack that has no value yet, for valgrind's memcheck (B8). */
#include "int80.h"

#define AT_FDCWD (-100)
#define O_RDONLY 0
#define O_WRONLY 1
#define O_APPEND 02000
#define O_LARGEFILE 0100000
#define AF_UNIX 1
#define SOCK_STREAM 1

static int failed;

static void check(int holds, int line)
{
    if (!holds && !failed)
        failed = line & 0x7f;
}

#define CHECK(holds) check(holds, __LINE__)

static int opened(const char *name, int flags)
{
    return (int)int80_call4(INT80_NR_OPENAT, AT_FDCWD, (intptr_t)name, flags | O_LARGEFILE, 0);
}

/* By read and write, which an output with O_APPEND wants. */
static void steps(int in_fd, int out_fd)
{
    int80_transfer transfer;
    uint8_t buffer[5000];
    int result;

#ifdef READS
    /* What memcheck must see. The assembly keeps the compiler from knowing. */
    __asm__ volatile("" : : "r"(buffer) : "memory");
    if (buffer[17] == 3)
        failed = 1;
#endif
    int80_transfer_init(&transfer, out_fd, in_fd, buffer, sizeof buffer);
    CHECK(int80_transfer_moved(&transfer) == 0 && int80_transfer_pending(&transfer) == 0);
    CHECK(int80_transfer_side(&transfer) == 0 && int80_transfer_refusal(&transfer) == 0);
    int80_transfer_set_offset(&transfer, 96);
    int80_transfer_set_exactly(&transfer, 12000);
    int80_transfer_set_budget(&transfer, 4000);
    do
        result = int80_transfer_step(&transfer);
    while (result == INT80_TRANSFER_MOVED || result == INT80_TRANSFER_BUFFERED);
    CHECK(result == INT80_TRANSFER_COMPLETE && int80_transfer_moved(&transfer) == 12000);
    CHECK(int80_transfer_rung(&transfer) == INT80_RUNG_READ_WRITE);
    CHECK(int80_transfer_give_back(&transfer) == 0);
}

/* To the end, with a buffer and without. */
static void runs(int in_fd, int out_fd)
{
    int80_transfer transfer;
    uint8_t buffer[5000];
    int32_t ends[2];

    int80_transfer_init(&transfer, out_fd, in_fd, buffer, sizeof buffer);
    int80_transfer_set_most(&transfer, 9000);
    CHECK(int80_transfer_run_for(&transfer, 60000) == INT80_TRANSFER_COMPLETE);
    CHECK(int80_transfer_moved(&transfer) == 9000);
    int80_transfer_init(&transfer, out_fd, in_fd, NULL, 0);
    CHECK(int80_transfer_run(&transfer) < 0);
    CHECK(int80_call2(INT80_NR_PIPE2, (intptr_t)ends, 0) == 0);
    int80_transfer_init(&transfer, ends[1], in_fd, buffer, sizeof buffer);
    int80_transfer_grow_pipe(&transfer);
    int80_transfer_set_exactly(&transfer, 1000);
    CHECK(int80_transfer_run(&transfer) == INT80_TRANSFER_COMPLETE);
    CHECK(int80_transfer_remaining(&transfer) == 0 && int80_transfer_calls(&transfer) > 0);
}

static void bsd(int in_fd)
{
    /* Static: its padding has a value. The kernel is asked whether it can be read. */
    static const struct int80_iovec part = {"head", 4};
    static const struct int80_sf_hdtr hdtr = {&part, 1, NULL, 0};
    int80_off64_t sbytes;
    int32_t ends[2];

    CHECK(int80_call4(INT80_NR_SOCKETPAIR, AF_UNIX, SOCK_STREAM, 0, (intptr_t)ends) == 0);
    CHECK(int80_bsd_sendfile(in_fd, ends[1], 8, 100, &hdtr, &sbytes, 0) == 0);
    CHECK(sbytes == 104);
}

int main(int argc, char **argv)
{
    int in_fd, out_fd;

    if (argc != 3)
        return 126;
    in_fd = opened(argv[1], O_RDONLY);
    out_fd = opened(argv[2], O_WRONLY | O_APPEND);
    CHECK(in_fd >= 0 && out_fd >= 0);
    steps(in_fd, out_fd);
    runs(in_fd, out_fd);
    bsd(in_fd);
    return failed;
}
