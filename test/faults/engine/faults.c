/*
 * What makes the fault build of redis-server fail: linked in front of write, fsync, fdatasync, ftruncate, rename and
 * gettimeofday (scripts/build-fault-engine.mjs). Only append-only files are concerned; everything else passes untouched.
 *
 * The launcher empties the environment, so a file named `faults` in the engine's working folder, the data folder, says
 * what to do. It is read once, when the engine starts. A line is one of
 *
 *   fail CALL N HOW  the Nth CALL (write, sync, rename) of the engine's own process fails. HOW is the name of an error,
 *                    EIO or ENOSPC; for write also SHORT (half of it is written, the rest finds no room) or TORN (the
 *                    same, and the half cannot be taken back either)
 *   delay MS         every sync takes so much longer
 *   lie N            only every Nth sync is done; the others say that they were
 *   clock            the time of day is off by the seconds that the file `faults.clock` says at that moment
 *   log              what is on the disk is written to `faults.log`, see below
 *
 * A failure happens once: `faults` becomes `faults.fired` before it does, so that the next engine is well, and the test
 * knows that it came to that.
 *
 * Lines of `faults.log`:
 *
 *   sync NAME BYTES  so much of a file is on the disk; written before anybody hears of it
 *   sync .           so are the names in the folder
 *   rename FROM TO   comes now, and is not on the disk before the next `sync .`; the file TO was is kept as
 *                    `faults.replaced` until then
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

ssize_t __real_write(int fd, const void *bytes, size_t length);
int __real_fsync(int fd);
int __real_fdatasync(int fd);
int __real_ftruncate(int fd, off_t length);
int __real_rename(const char *from, const char *to);
int __real_gettimeofday(struct timeval *now, void *zone);

static const char FOLDER[] = "appendonlydir";
static const char REWRITTEN[] = "temp-rewriteaof"; /* a base file before it gets its name in the folder */

enum call { WRITE, SYNC, RENAME, CALLS };
static const char *const CALL_NAMES[CALLS] = {"write", "sync", "rename"};
enum how { NEVER, PLAIN, SHORT, TORN };

static struct {
    enum call call;
    long at;
    enum how how;
    int error;
} failure;
static long delayMs, lieEvery;
static int logFd = -1, isClockOff;
static pid_t engine;
static atomic_long calls[CALLS], syncs;
static atomic_int writesFail, truncatesFail;

static void readFailure(const char *call, long at, const char *how) {
    failure.at = at;
    for (int i = 0; i < CALLS; i++)
        if (!strcmp(call, CALL_NAMES[i])) failure.call = i;
    failure.how = !strcmp(how, "SHORT") ? SHORT : !strcmp(how, "TORN") ? TORN : PLAIN;
    failure.error = !strcmp(how, "EIO") ? EIO : ENOSPC;
}

__attribute__((constructor)) static void readWishes(void) {
    char line[128], call[16], how[16];
    long number;
    FILE *file = fopen("faults", "r");
    engine = getpid();
    if (!file) return;
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "fail %15s %ld %15s", call, &number, how) == 3) readFailure(call, number, how);
        if (sscanf(line, "delay %ld", &number) == 1) delayMs = number;
        if (sscanf(line, "lie %ld", &number) == 1) lieEvery = number;
        if (!strcmp(line, "clock\n")) isClockOff = 1;
        if (!strcmp(line, "log\n")) logFd = open("faults.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    fclose(file);
}

/* ---- whose file it is ---- */

static const char *nameIn(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Answers the name of an append-only file, "." for their folder, NULL for anything else. */
static const char *appendOnlyName(const char *path) {
    const char *folder = strstr(path, FOLDER), *name = nameIn(path);
    if (folder) return folder == name ? "." : name;
    return strncmp(name, REWRITTEN, sizeof REWRITTEN - 1) ? NULL : name;
}

static const char *nameOf(int fd, char path[PATH_MAX]) {
    char link[32];
    struct stat found;
    if (fstat(fd, &found) != 0 || !(S_ISREG(found.st_mode) || S_ISDIR(found.st_mode))) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    return appendOnlyName(path);
}

/* ---- failing ---- */

/* Whether this call is the one that has to fail. Children that rewrite a file are not counted. */
static enum how due(enum call call) {
    if (failure.how == NEVER || failure.call != call || getpid() != engine) return NEVER;
    if (atomic_fetch_add(&calls[call], 1) + 1 != failure.at) return NEVER;
    __real_rename("faults", "faults.fired");
    errno = failure.error;
    return failure.how;
}

static void note(const char *word, const char *name, const char *rest) {
    char line[PATH_MAX + 64];
    if (logFd < 0) return;
    int saved = errno, length = snprintf(line, sizeof line, "%s %s%s\n", word, name, rest);
    if (__real_write(logFd, line, length) != length) _exit(70); /* a log that is not whole proves nothing */
    errno = saved;
}

static void wait(void) {
    struct timespec time = {delayMs / 1000, delayMs % 1000 * 1000000};
    if (delayMs > 0) nanosleep(&time, NULL);
}

/* ---- the calls ---- */

ssize_t __wrap_write(int fd, const void *bytes, size_t length) {
    char path[PATH_MAX];
    if (failure.how == NEVER || !nameOf(fd, path)) return __real_write(fd, bytes, length);
    if (atomic_load(&writesFail)) {
        errno = ENOSPC;
        return -1;
    }
    enum how how = due(WRITE);
    if (how == NEVER) return __real_write(fd, bytes, length);
    if (how == PLAIN) return -1;
    atomic_store(&writesFail, 1);
    if (how == TORN) atomic_store(&truncatesFail, 1);
    return __real_write(fd, bytes, length / 2);
}

static int syncFile(int fd, int (*real)(int)) {
    char path[PATH_MAX], rest[32] = "";
    struct stat found;
    const char *name = nameOf(fd, path);
    if (!name) return real(fd);
    fstat(fd, &found); /* what others append meanwhile need not be on the disk */
    wait();
    if (due(SYNC) != NEVER) return -1;
    if (lieEvery > 0 && (atomic_fetch_add(&syncs, 1) + 1) % lieEvery != 0) return 0;
    int answer = real(fd);
    if (answer != 0) return answer;
    if (*name != '.') snprintf(rest, sizeof rest, " %lld", (long long)found.st_size);
    note("sync", name, rest);
    if (*name == '.') unlink("faults.replaced");
    return 0;
}

int __wrap_fsync(int fd) { return syncFile(fd, __real_fsync); }
int __wrap_fdatasync(int fd) { return syncFile(fd, __real_fdatasync); }

int __wrap_ftruncate(int fd, off_t length) {
    char path[PATH_MAX];
    if (!atomic_load(&truncatesFail) || !nameOf(fd, path)) return __real_ftruncate(fd, length);
    errno = EIO;
    return -1;
}

int __wrap_rename(const char *from, const char *to) {
    char rest[PATH_MAX];
    if (!appendOnlyName(to)) return __real_rename(from, to);
    if (due(RENAME) != NEVER) return -1;
    if (logFd >= 0) {
        unlink("faults.replaced");
        if (link(to, "faults.replaced") != 0 && errno != ENOENT) _exit(70);
    }
    snprintf(rest, sizeof rest, " %s", nameIn(to));
    note("rename", nameIn(from), rest);
    return __real_rename(from, to);
}

int __wrap_gettimeofday(struct timeval *now, void *zone) {
    char seconds[32];
    int answer = __real_gettimeofday(now, zone);
    if (answer != 0 || !isClockOff) return answer;
    int saved = errno, fd = open("faults.clock", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, seconds, sizeof seconds - 1);
    if (fd >= 0) close(fd);
    errno = saved;
    if (length <= 0) return 0;
    seconds[length] = 0;
    now->tv_sec += atol(seconds);
    return 0;
}
