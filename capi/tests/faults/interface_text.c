/* Texts and marks, by writev and poll: no other call is made but the interface's. */
#include "interface.h"

static const char mark[] = "<failed>";
static char line[200];
static size_t length;

void ready(int fd, int16_t events)
{
    struct {
        int32_t fd;
        int16_t events, revents;
    } one = {fd, events, 0};

    int80_call3(INT80_NR_POLL, (intptr_t)&one, 1, -1);
}

/* Writes all of it, whatever the descriptor does. */
static void put(int fd, const char *text, size_t bytes)
{
    while (bytes > 0) {
        struct int80_iovec part = {text, bytes};
        intptr_t count = int80_call3(INT80_NR_WRITEV, fd, (intptr_t)&part, 1);

        if (count > 0) {
            text += count;
            bytes -= (size_t)count;
        } else if (count == -INT80_EAGAIN) {
            ready(fd, POLLOUT);
        } else if (count != -INT80_EINTR) {
            int80_call1(INT80_NR_EXIT_GROUP, GIVES_UP);
        }
    }
}

void say(const char *text)
{
    while (*text != '\0')
        line[length++] = *text++;
}

/* Below 10^9 * 2^32: no division of 64 bits, which i386 has in a library. */
void say_number(const char *what, uint64_t number)
{
    uint32_t most = (uint32_t)(number >> 16), least = (uint32_t)number & 0xffff;
    char digits[24];
    size_t at = sizeof digits - 1;

    digits[at] = '\0';
    do {
        uint32_t rest = (most % 10) << 16 | least;
        most /= 10;
        digits[--at] = (char)('0' + rest % 10);
        least = rest / 10;
    } while (most > 0 || least > 0);
    say(what);
    say(digits + at);
}

void say_result(int result)
{
    if (result < 0)
        say(int80_errno_name(result));
    else
        say_number("", (uint64_t)result);
}

void end_line(int failed)
{
    say("\n");
    put(2, line, length);
    length = 0;
    if (failed)
        put(1, mark, sizeof mark - 1);
}

uint64_t number(const char *text)
{
    uint64_t value = 0;

    while (*text != '\0')
        value = value * 10 + (uint64_t)(*text++ - '0');
    return value;
}
