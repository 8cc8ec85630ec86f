/* dropin_offset.c: five bytes from offset 2^32 + 16 of a sparse file by sendfile, where
 * off_t has 64 bits: which were moved, and where the offset is then. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <unistd.h>
/* Bytes from offset 2^32 + 16 of a sparse file; off_t has 64 bits. */
int main(void) {
    char name[] = "/tmp/a3XXXXXX", got[6] = "";
    int in, out[2];
    off_t at = 0x100000010LL;
    if ((in = mkstemp(name)) < 0 || pipe(out)) return 2;
    unlink(name);
    if (pwrite(in, "wrong", 5, 16) != 5 || pwrite(in, "right", 5, at) != 5) return 3;
    ssize_t n = sendfile(out[1], in, &at, 5);
    if (n == 5 && read(out[0], got, 5) != 5) return 4;
    printf("%zd %s %lld %zu\n", n, got, (long long)at, sizeof at);
    return 0;
}
