/* A transfer or a call that is left while it waits in the kernel: by an exception
 * that a signal handler throws, by asynchronous cancellation, or by nothing, for a
 * debugger.
 *
 *     unwind throw|cancel|stop CALL [sysinfo]
 *
 * It prints what has been destroyed on the way out and which rung was in use.
 */
#include "int80.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <unistd.h>

static int destroyed, cleaned;

struct Local {
    ~Local() { destroyed++; }
};

static void cleanup(void *) { cleaned++; }

static void check(bool is, const char *what) {
    if (!is) {
        perror(what);
        exit(2);
    }
}

/* ---- The calls that wait ---------------------------------------------- */

static int empty[2], full[2];
static const char *call;
static int80_transfer transfer;
static char buffer[4096];

static void prepare() {
    check(pipe(empty) == 0 && pipe(full) == 0, "pipe");
    check(fcntl(full[1], F_SETFL, O_NONBLOCK) == 0, "fcntl");
    while (write(full[1], buffer, sizeof buffer) > 0)
        continue;
    check(fcntl(full[1], F_SETFL, 0) == 0, "fcntl");
}

static void make(int out, int in) {
    int80_transfer_init(&transfer, out, in, buffer, sizeof buffer);
    int80_transfer_run(&transfer);
}

static int temporary(int flags) {
    char name[] = "/tmp/int80-unwind-XXXXXX";
    int made = mkstemp(name);
    check(made >= 0 && write(made, buffer, sizeof buffer) > 0, "a file");
    int opened = open(name, flags);
    check(opened >= 0 && unlink(name) == 0, "open");
    return opened;
}

static void wait_in_call() {
    if (strcmp(call, "sendfile64") == 0) {
        make(full[1], temporary(O_RDONLY));
    } else if (strcmp(call, "splice") == 0) {
        int other[2];
        check(pipe(other) == 0, "pipe");
        make(other[1], empty[0]);
    } else if (strcmp(call, "read") == 0) {
        make(temporary(O_WRONLY | O_APPEND), empty[0]);
    } else if (strcmp(call, "poll") == 0) {
        int other[2];
        check(pipe(other) == 0 && fcntl(empty[0], F_SETFL, O_NONBLOCK) == 0, "pipe");
        make(other[1], empty[0]);
    } else if (strcmp(call, "int80_sendfile") == 0) {
        int80_sendfile(full[1], temporary(O_RDONLY), NULL, 1);
    } else if (strcmp(call, "int80_sendfile64") == 0) {
        int80_sendfile64(full[1], temporary(O_RDONLY), NULL, 1);
    } else if (strcmp(call, "int80_call3") == 0) {
        int80_call3(INT80_NR_READ, empty[0], (intptr_t)buffer, 1);
    } else if (strcmp(call, "int80_call6") == 0) {
        int80_call6(INT80_NR_SPLICE, empty[0], 0, full[1], 0, 1, 0);
    } else if (strcmp(call, "drop_in") == 0) {
        sendfile(full[1], temporary(O_RDONLY), NULL, 1);
    } else {
        check(false, call);
    }
}

/* ---- The ways to leave them -------------------------------------------- */

static pthread_t waiting;
static volatile long waiting_thread;

/* Returns when the other thread sleeps: there is one call in which it can. */
static void watch() {
    while (!waiting_thread)
        continue;
    char name[64], text[512], state = 0;
    snprintf(name, sizeof name, "/proc/self/task/%ld/stat", waiting_thread);
    while (state != 'S') {
        FILE *file = fopen(name, "r");
        check(file && fgets(text, sizeof text, file), name);
        fclose(file);
        state = strrchr(text, ')')[2];
    }
}

static void thrower(int) { throw 7; }

static void *interrupt(void *) {
    watch();
    pthread_kill(waiting, SIGUSR1);
    return NULL;
}

static void *cancelled(void *) {
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    Local local;
    pthread_cleanup_push(cleanup, NULL);
    waiting_thread = syscall(SYS_gettid);
    wait_in_call();
    pthread_cleanup_pop(0);
    return NULL;
}

int main(int argc, char **argv) {
    check(argc >= 3, "arguments");
    call = argv[2];
    alarm(60); /* A call that nothing leaves. */
    prepare();
    if (argc > 3) {
        uintptr_t entry = getauxval(32);
        if (entry == 0) {
            puts("none");
            return 0;
        }
        check(int80_use_sysinfo(entry) == 0, "sysinfo");
    }
    if (strcmp(argv[1], "cancel") == 0) {
        void *result = NULL;
        check(pthread_create(&waiting, NULL, cancelled, NULL) == 0, "a thread");
        watch();
        check(pthread_cancel(waiting) == 0, "cancel");
        check(pthread_join(waiting, &result) == 0, "join");
        if (result != PTHREAD_CANCELED)
            puts("not cancelled");
    } else {
        pthread_t other;
        waiting = pthread_self();
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_handler = thrower;
        check(sigaction(SIGUSR1, &action, NULL) == 0, "sigaction");
        check(pthread_create(&other, NULL, interrupt, NULL) == 0, "a thread");
        try {
            Local local;
            waiting_thread = syscall(SYS_gettid);
            wait_in_call();
            puts("not left");
        } catch (int thrown) {
            cleaned += thrown == 7;
        }
    }
    printf("%d destroyed, %d cleaned up, rung %d\n", destroyed, cleaned,
           int80_transfer_rung(&transfer));
}
