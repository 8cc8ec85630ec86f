/* What the parts of the program `interface` share. */
#include "int80.h"

#define POLLIN 1
#define POLLOUT 4
#define GIVES_UP 99

/* interface_text.c */
void ready(int fd, int16_t events);
void say(const char *text);
void say_number(const char *what, uint64_t number);
void say_result(int result);
void end_line(int failed);
uint64_t number(const char *text);

/* interface_signal.c */
extern volatile int came;
void wait_for_signals(void);
