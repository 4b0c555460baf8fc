/*
 * Daybook's engine launcher for Linux and macOS: holds the lock of a data folder and keeps redis-server on a leash.
 *
 *   daybook-launcher DATA_DIR REDIS_SERVER
 *
 * Why it exists: Node has no file lock and cannot watch over its own death. This program takes the operating
 * system's lock on DATA_DIR/lock, starts redis with DATA_DIR as working folder, and ends it when the app is gone.
 *
 * stdin:  the redis configuration, then a line holding a single dot. It stays open for as long as the app lives;
 *         closing it asks for the end. (On stdin, because argv can be read by every user of the machine.)
 * stdout: one JSON object a line.
 *   {"event":"locked","pid":N,"launcherPid":N}  another launcher holds the folder (0: not known yet); exit code 75
 *   {"event":"started","pid":N}                 redis runs (not: it is ready; ask it with PING)
 *   {"event":"exited","code":N,"signal":N}      redis ended (signal 0: by itself); exit code is its code or 128+signal
 *   {"event":"failed","reason":"..."}           bad use (exit code 64) or refused by the system (exit code 71)
 *
 * "pid" is always redis. The lock is a flock on an open file that redis inherits, so it is held until both are gone.
 * SIGTERM, SIGINT and SIGHUP mean the same as a closed stdin: SIGTERM to redis, SIGKILL after ten seconds.
 * If this program itself is killed, redis gets SIGTERM from the kernel (Linux) or from a guard process (elsewhere).
 */
#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__) && !defined(DAYBOOK_USE_GUARD)
#include <sys/prctl.h>
#define KERNEL_ENDS_CHILDREN 1
#else
#define KERNEL_ENDS_CHILDREN 0
#endif

enum { EXIT_USAGE = 64, EXIT_SYSTEM = 71, EXIT_LOCKED = 75 };
enum { MAX_CONFIG_BYTES = 1 << 20, MAX_LOG_BYTES = 5 << 20, STOP_MS = 10000 };

static int wakeup[2]; /* a signal handler's only safe way to tell the main loop something */

static int drainSignals(void);

static void fail(int code, const char *what, int error) {
    printf("{\"event\":\"failed\",\"reason\":\"%s%s%s\"}\n", what, error ? ": " : "", error ? strerror(error) : "");
    exit(code);
}

static long long nowMs(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/*
 * Lets go of everything of the app's but the three streams. Electron's sockets, files and shared memory stay open in
 * whatever Node starts. Were redis to hold them, the app would not be told when the process at the other end of such a
 * socket ends, its page for example, and would wait for it as long as redis runs.
 */
static void closeInherited(void) {
    DIR *open = opendir("/dev/fd");
    struct dirent *each;
    if (!open) { /* a system without it; few programs hold more */
        for (int fd = STDERR_FILENO + 1; fd < 4096; fd++) close(fd);
        return;
    }
    while ((each = readdir(open)) != NULL) {
        int fd = atoi(each->d_name);
        if (fd > STDERR_FILENO && fd != dirfd(open)) close(fd);
    }
    closedir(open);
}

/* ---- the lock ---- */

static void reportHolder(int fd) {
    char text[128] = "";
    int launcherPid = 0, redisPid = 0;
    if (pread(fd, text, sizeof text - 1, 0) > 0) sscanf(text, "launcher %d redis %d", &launcherPid, &redisPid);
    printf("{\"event\":\"locked\",\"pid\":%d,\"launcherPid\":%d}\n", redisPid, launcherPid);
    exit(EXIT_LOCKED);
}

/* Answers the locked file. Not close-on-exec: redis must hold the same lock. */
static int takeLock(void) {
    for (;;) {
        struct stat held, named;
        int fd = open("lock", O_RDWR | O_CREAT, 0600);
        if (fd < 0) fail(EXIT_SYSTEM, "cannot open the lock file", errno);
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) reportHolder(fd);
            fail(EXIT_SYSTEM, "cannot lock the data folder", errno);
        }
        /* A lock on a file that was meanwhile removed or replaced protects nothing: take the new one. */
        if (fstat(fd, &held) == 0 && stat("lock", &named) == 0 && held.st_ino == named.st_ino) return fd;
        close(fd);
    }
}

/* The numbers are only a hint; on a full disk people can read on without it. */
static void needNote(int isWritten) {
    if (!isWritten && errno != ENOSPC && errno != EDQUOT) fail(EXIT_SYSTEM, "cannot write the lock file", errno);
}

/* A note names processes of a run that is over, and their numbers may be somebody else's by now. */
static void clearHolder(int lockFd) { needNote(ftruncate(lockFd, 0) == 0); }

static void writeHolder(int lockFd, pid_t redisPid) {
    char text[128];
    int length = snprintf(text, sizeof text, "launcher %d redis %d\n", (int)getpid(), (int)redisPid);
    clearHolder(lockFd);
    needNote(pwrite(lockFd, text, length, 0) >= 0);
}

/* ---- the configuration ---- */

/* Reads up to the line with the single dot; the dot itself is not part of the answer. */
static char *readConfig(size_t *length) {
    char *text = malloc(MAX_CONFIG_BYTES + 1);
    if (!text) fail(EXIT_SYSTEM, "out of memory", 0);
    size_t used = 0, lineStart = 0;
    while (used < MAX_CONFIG_BYTES) {
        /* One byte at a time: a few kB once, and nothing behind the dot is swallowed. */
        ssize_t got = read(STDIN_FILENO, text + used, 1);
        if (got < 0 && errno == EINTR) {
            if (drainSignals()) exit(0); /* asked to stop before there was anything to stop */
            continue;
        }
        if (got <= 0) fail(EXIT_USAGE, "the configuration ended before its dot", 0);
        if (text[used++] != '\n') continue;
        if (used - lineStart == 2 && text[lineStart] == '.') {
            *length = lineStart;
            return text;
        }
        lineStart = used;
    }
    fail(EXIT_USAGE, "the configuration is too long", 0);
    return NULL;
}

static void writeAll(int fd, const char *text, size_t length) {
    while (length > 0) {
        ssize_t put = write(fd, text, length);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return; /* redis is gone already; its exit will be reported */
        text += put;
        length -= put;
    }
}

static void forget(char *text, size_t length) {
    volatile char *bytes = text;
    while (length-- > 0) *bytes++ = 0;
    free(text);
}

/* ---- redis ---- */

static int openLog(void) {
    struct stat now;
    if (stat("engine.log", &now) == 0 && now.st_size > MAX_LOG_BYTES) rename("engine.log", "engine.log.1");
    int fd = open("engine.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) fail(EXIT_SYSTEM, "cannot open engine.log", errno);
    return fd;
}

static void makePipe(int ends[2]) {
    if (pipe(ends) != 0) fail(EXIT_SYSTEM, "cannot make a pipe", errno);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
}

static void becomeRedis(const char *redisServer, int configFd, int logFd, pid_t launcher) {
#if KERNEL_ENDS_CHILDREN
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != launcher) _exit(EXIT_SYSTEM); /* it died before the kernel knew of our wish */
#else
    (void)launcher;
#endif
    int handled[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGPIPE};
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) signal(handled[i], SIG_DFL);
    dup2(configFd, STDIN_FILENO);
    dup2(logFd, STDOUT_FILENO);
    dup2(logFd, STDERR_FILENO);
    setenv("LC_ALL", "C", 1); /* redis compares strings by locale inside Lua; the order must be bytewise */
    execl(redisServer, "redis-server", "-", (char *)NULL);
}

/* Starts redis and hands it the configuration. Fails with the reason when the program cannot be run. */
static pid_t startRedis(const char *redisServer, const char *config, size_t length) {
    int configPipe[2], errorPipe[2], error = 0;
    int logFd = openLog();
    pid_t launcher = getpid();
    makePipe(configPipe);
    makePipe(errorPipe);
    pid_t pid = fork();
    if (pid < 0) fail(EXIT_SYSTEM, "cannot start a process", errno);
    if (pid == 0) {
        becomeRedis(redisServer, configPipe[0], logFd, launcher);
        error = errno;
        if (write(errorPipe[1], &error, sizeof error) < 0) _exit(EXIT_SYSTEM);
        _exit(EXIT_SYSTEM);
    }
    close(configPipe[0]);
    close(errorPipe[1]);
    close(logFd);
    ssize_t got;
    while ((got = read(errorPipe[0], &error, sizeof error)) < 0 && errno == EINTR) {
    }
    close(errorPipe[0]);
    if (got > 0) {
        waitpid(pid, NULL, 0);
        fail(EXIT_SYSTEM, "cannot run redis-server", error);
    }
    writeAll(configPipe[1], config, length);
    close(configPipe[1]);
    return pid;
}

#if !KERNEL_ENDS_CHILDREN
/* A redis without its guard would outlive us. Nobody was told of it yet, so it has nothing to lose. */
static void failUnguarded(pid_t redisPid, int error) {
    kill(redisPid, SIGKILL);
    waitpid(redisPid, NULL, 0);
    fail(EXIT_SYSTEM, "cannot start the guard of redis-server", error);
}

/*
 * Where the kernel does not end children with their parent, a second process waits on a pipe for our death. The pipe is
 * made before redis is started, so that only the guard itself can be missing.
 */
static int startGuard(pid_t redisPid, int lockFd, const int ends[2]) {
    pid_t guard = fork();
    if (guard < 0) failUnguarded(redisPid, errno);
    if (guard > 0) {
        close(ends[0]);
        return ends[1];
    }
    close(ends[1]);
    close(lockFd);
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    char word;
    ssize_t got;
    while ((got = read(ends[0], &word, 1)) < 0 && errno == EINTR) {
    }
    if (got > 0) _exit(0); /* told that redis has ended in good order */
    kill(redisPid, SIGTERM);
    for (int i = 0; i < STOP_MS / 100 && kill(redisPid, 0) == 0; i++) usleep(100000);
    kill(redisPid, SIGKILL);
    _exit(0);
}
#endif

/* ---- the watch ---- */

static void onSignal(int signal) {
    int saved = errno;
    char word = signal == SIGCHLD ? 'c' : 's';
    if (write(wakeup[1], &word, 1) < 0) errno = saved; /* full pipe: the loop is awake anyway */
    errno = saved;
}

static void listenToSignals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    makePipe(wakeup);
    fcntl(wakeup[0], F_SETFL, O_NONBLOCK);
    fcntl(wakeup[1], F_SETFL, O_NONBLOCK);
    action.sa_handler = onSignal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGCHLD, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* True once a signal asked for the end. */
static int drainSignals(void) {
    char words[64];
    int stop = 0;
    ssize_t got;
    while ((got = read(wakeup[0], words, sizeof words)) > 0)
        if (memchr(words, 's', got)) stop = 1;
    return stop;
}

/* True once the app has closed our stdin. */
static int appIsGone(short events) {
    char ignored[256];
    if (!events) return 0;
    ssize_t got = read(STDIN_FILENO, ignored, sizeof ignored);
    return got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
}

/* Waits until redis has ended, ending it when asked to; answers its wait status. */
static int watch(pid_t redisPid) {
    long long killAt = 0;
    int status;
    for (;;) {
        if (waitpid(redisPid, &status, WNOHANG) == redisPid) return status;
        struct pollfd fds[] = {{wakeup[0], POLLIN, 0}, {killAt ? -1 : STDIN_FILENO, POLLIN, 0}};
        long long left = killAt - nowMs();
        poll(fds, 2, killAt ? (left > 0 ? (int)left : 0) : -1);
        int stop = drainSignals() | (!killAt && appIsGone(fds[1].revents));
        if (stop && !killAt) {
            kill(redisPid, SIGTERM);
            killAt = nowMs() + STOP_MS;
        }
        if (killAt && nowMs() >= killAt) {
            kill(redisPid, SIGKILL);
            killAt = nowMs() + STOP_MS;
        }
    }
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    umask(077);
    closeInherited();
    if (argc != 3) fail(EXIT_USAGE, "usage: daybook-launcher DATA_DIR REDIS_SERVER", 0);
    char *redisServer = realpath(argv[2], NULL); /* before the working folder changes */
    if (!redisServer) fail(EXIT_SYSTEM, "cannot find redis-server", errno);
    if (chdir(argv[1]) != 0) fail(EXIT_SYSTEM, "cannot enter the data folder", errno);
    setsid(); /* Ctrl-C in the terminal is for the app; we end when the app does */
    listenToSignals();

    int lockFd = takeLock();
    clearHolder(lockFd);
    printf("{\"event\":\"holding\"}\n"); /* nobody else writes here now: the app looks at the files before it goes on */
    size_t length;
    char *config = readConfig(&length);
#if !KERNEL_ENDS_CHILDREN
    int guardPipe[2];
    makePipe(guardPipe);
#endif
    pid_t redisPid = startRedis(redisServer, config, length);
    forget(config, length);
#if !KERNEL_ENDS_CHILDREN
    int guardFd = startGuard(redisPid, lockFd, guardPipe);
#endif
    writeHolder(lockFd, redisPid);
    printf("{\"event\":\"started\",\"pid\":%d}\n", (int)redisPid);

    int status = watch(redisPid);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
#if !KERNEL_ENDS_CHILDREN
    writeAll(guardFd, "q", 1);
    wait(NULL); /* for the guard */
#endif
    if (ftruncate(lockFd, 0) != 0) { /* a stale pid is only a hint; the lock itself goes with us */
    }
    printf("{\"event\":\"exited\",\"code\":%d,\"signal\":%d}\n", code, signal);
    return signal ? 128 + signal : code;
}
