/* interface.c: moves standard input to standard output by the C interface, and
 * tells on standard error what each call of it answered.
 *
 * usage: interface run|for|step|bsd BUDGET COUNT: BUDGET 0 is the interface's own,
 * COUNT is how many bytes are promised, 0 none; for bsd it is the file's length.
 *
 * Where a call has failed, a mark is written to the output, and the same job is
 * taken up again. So the output is the input with a mark wherever a call has
 * failed, if and only if nothing was lost, repeated or kept back.
 *
 * A line is `RESULT moved N side N rung N pending N`, of bsd `RESULT moved N`.
 */
#include "interface.h"

#define HEAD 11
#define TAIL 12
#define MOST_FAILURES 1000
#define NOT_THE_SAME 98

static const char head[] = "the header|", tail[] = "|the trailer";
static uint8_t buffer[65536];

static void tell(const int80_transfer *transfer, int result)
{
    say_result(result);
    say_number(" moved ", int80_transfer_moved(transfer));
    say_number(" side ", (uint64_t)int80_transfer_side(transfer));
    say_number(" rung ", (uint64_t)int80_transfer_rung(transfer));
    say_number(" pending ", int80_transfer_pending(transfer));
    end_line(result < 0);
}

static int run_for(int80_transfer *transfer)
{
    return int80_transfer_run_for(transfer, 600000);
}

/* What an event loop does, to the end or the first failure. */
static int steps(int80_transfer *transfer)
{
    for (;;) {
        int result = int80_transfer_step(transfer);

        if (result == INT80_TRANSFER_WOULD_BLOCK) {
            int side = int80_transfer_side(transfer);

            tell(transfer, result);
            if (side != INT80_SIDE_UNKNOWN)
                ready(side == INT80_SIDE_OUTPUT, side == INT80_SIDE_OUTPUT ? POLLOUT : POLLIN);
        } else if (result == INT80_TRANSFER_INTERRUPTED) {
            tell(transfer, result);
        } else if (result != INT80_TRANSFER_MOVED && result != INT80_TRANSFER_BUFFERED) {
            return result;
        }
    }
}

static int whole(int (*drive)(int80_transfer *), size_t budget, uint64_t count)
{
    int80_transfer transfer;

    int80_transfer_init(&transfer, 1, 0, buffer, sizeof buffer);
    if (budget > 0)
        int80_transfer_set_budget(&transfer, budget);
    if (count > 0)
        int80_transfer_set_exactly(&transfer, count);
    for (int failures = 0; failures < MOST_FAILURES; failures++) {
        int result = drive(&transfer);

        tell(&transfer, result);
        if (result >= 0) {
            uint32_t calls = int80_transfer_calls(&transfer);
            int again = drive(&transfer);

            /* The end stays the end, and costs no call. */
            return again == result && int80_transfer_calls(&transfer) == calls ? result
                                                                                : NOT_THE_SAME;
        }
    }
    return GIVES_UP;
}

/* What is left of a text behind its first `sent` bytes, in two parts. */
static void cut(struct int80_iovec parts[2], const char *text, uint64_t bytes, uint64_t sent)
{
    size_t left = (size_t)(sent < bytes ? bytes - sent : 0);

    parts[0].iov_base = text + (bytes - left);
    parts[0].iov_len = left / 2;
    parts[1].iov_base = text + (bytes - left) + left / 2;
    parts[1].iov_len = left - left / 2;
}

static int bsd(uint64_t count)
{
    uint64_t done = 0;

    for (int failures = 0; failures < MOST_FAILURES; failures++) {
        struct int80_iovec before[2], behind[2];
        struct int80_sf_hdtr hdtr = {before, 2, behind, 2};
        uint64_t file = done < HEAD ? 0 : done - HEAD;
        int80_off64_t sbytes = -1;
        int result;

        if (file > count)
            file = count;
        cut(before, head, HEAD, done);
        cut(behind, tail, TAIL, done > HEAD + count ? done - HEAD - count : 0);
        result = int80_bsd_sendfile(0, 1, (int80_off64_t)file, 0, &hdtr, &sbytes, 0);
        done += (uint64_t)sbytes;
        say_result(result);
        say_number(" moved ", done);
        end_line(result != 0);
        if (result == 0)
            return 0;
        if (result == -INT80_EAGAIN)
            ready(1, POLLOUT);
    }
    return GIVES_UP;
}

int main(int argc, char **argv)
{
    uint64_t count;
    int status;

    if (argc != 4)
        return GIVES_UP;
    wait_for_signals();
    count = number(argv[3]);
    switch (argv[1][0]) {
    case 'r':
        status = whole(int80_transfer_run, (size_t)number(argv[2]), count);
        break;
    case 'f':
        status = whole(run_for, (size_t)number(argv[2]), count);
        break;
    case 's':
        status = whole(steps, (size_t)number(argv[2]), count);
        break;
    default:
        status = bsd(count);
    }
    if (came != 0) {
        say("signalled");
        end_line(0);
    }
    return status;
}
