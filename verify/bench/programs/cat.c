/* A cat of read and write, as small as C has it: a peer, linked with musl. */
#include <fcntl.h>
#include <unistd.h>

static char buffer[128 << 10];

int main(int argc, char **argv)
{
    int in_fd = argc > 1 ? open(argv[1], O_RDONLY) : 0;
    if (in_fd < 0)
        return 1;
    for (;;) {
        ssize_t n = read(in_fd, buffer, sizeof buffer);
        if (n <= 0)
            return n < 0;
        for (ssize_t at = 0; at < n;) {
            ssize_t written = write(1, buffer + at, n - at);
            if (written < 0)
                return 1;
            at += written;
        }
    }
}
