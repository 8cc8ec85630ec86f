/* The shifts of asm/i386/shift.s against shifts of one bit: exits with 0 where all
 * are right. */
#include <stdint.h>

uint64_t __ashldi3(uint64_t value, int count);
uint64_t __lshrdi3(uint64_t value, int count);
int64_t __ashrdi3(int64_t value, int count);

static const uint64_t values[] = {
    0, 1, 0x80000000u, 0xffffffffu, 0x100000000u, 0x123456789abcdef0u,
    0x7fffffffffffffffu, 0x8000000000000000u, 0xfedcba9876543210u, ~(uint64_t)0,
};

int main(void)
{
    for (unsigned at = 0; at < sizeof values / sizeof *values; at++) {
        uint64_t left = values[at], right = values[at];
        int64_t arithmetic = (int64_t)values[at];

        for (int count = 0; count < 64; count++) {
            if (__ashldi3(values[at], count) != left)
                return 1;
            if (__lshrdi3(values[at], count) != right)
                return 2;
            if (__ashrdi3((int64_t)values[at], count) != arithmetic)
                return 3;
            left <<= 1;
            right >>= 1;
            arithmetic >>= 1;
        }
    }
    return 0;
}
