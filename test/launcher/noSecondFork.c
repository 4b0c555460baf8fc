/* Linked in front of fork: only the first process can be started, that of redis; the system has no room for its guard. */
#include <errno.h>
#include <sys/types.h>

pid_t __real_fork(void);

pid_t __wrap_fork(void) {
    static int forks;
    if (++forks == 1) return __real_fork();
    errno = EAGAIN;
    return -1;
}
