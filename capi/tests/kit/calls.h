/* What the parts of the test of int80.h share. */
#include "int80.h"

#define CHECK(holds) check((holds) != 0, #holds, __LINE__)

#define CALL(function, ...) kept((void (*)(void))(function), __VA_ARGS__)

/* keeps_*.s */
intptr_t keeps_call(void (*function)(void), const uintptr_t *arguments, uintptr_t *broken);

/* calls.c */
void check(int holds, const char *what, int line);
intptr_t kept(void (*function)(void), intptr_t a, intptr_t b, intptr_t c, intptr_t d, intptr_t e,
              intptr_t f, intptr_t g);

/* calls_raw.c: int80_call0..6. */
void raw_calls(const char *file);

/* calls_sendfile.c: int80_sendfile and int80_sendfile64. */
void transfers(const char *file, int emulated);

/* calls_transfer.c: int80_transfer_* and int80_bsd_sendfile. */
void whole_jobs(const char *file);

/* calls_text.c */
int equal(const char *left, const char *right);
void say(const char *text);
void say_number(int number);

#define AT_FDCWD (-100)
#define O_RDONLY 0
#define O_WRONLY 1
#define O_LARGEFILE 0100000
#define PAGE 4096
