/* Texts, without a C library and without what is being tested. */
#include "calls.h"

int equal(const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    return *left == *right;
}

void say(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
#ifdef __x86_64__
    long number = 1;
    __asm__ volatile("syscall"
                     : "+a"(number)
                     : "D"(1L), "S"(text), "d"(length)
                     : "rcx", "r11", "memory");
#else
    int number = 4;
    __asm__ volatile("int $0x80" : "+a"(number) : "b"(1), "c"(text), "d"(length) : "memory");
#endif
}

void say_number(int number)
{
    char text[12];
    size_t at = sizeof(text) - 1;

    text[at] = '\0';
    do {
        text[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    say(text + at);
}
