/*
 * Daybook's engine launcher for Windows. Same arguments, stdin, stdout and exit codes as daybook-launcher.c.
 *
 * Run so far under Wine, with a program in the place of redis (test/launcher/windows.test.ts); not on Windows itself.
 *
 * What differs from the other systems:
 *  - The lock is the way in which the lock file is open: others may read it, and so see who holds it, but not open it for
 *    writing. Redis inherits that opening, so the lock is held until both are gone. A lock on bytes of the file
 *    (LockFileEx) would be this process's alone, and free a moment before the system has ended redis.
 *  - The job object ends redis, and whatever it has started, together with this program.
 *  - There is no SIGTERM. The app asks redis to SHUTDOWN over its connection before it closes our stdin; we wait
 *    a moment for that and then end the job. Nothing acknowledged is lost, for every write was already synced.
 */
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0602
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

enum { EXIT_USAGE = 64, EXIT_SYSTEM = 71, EXIT_LOCKED = 75 };
enum { MAX_CONFIG_BYTES = 1 << 20, MAX_LOG_BYTES = 5 << 20, GRACE_MS = 1500 };

static void fail(int code, const char *what, DWORD error) {
    if (error) printf("{\"event\":\"failed\",\"reason\":\"%s: error %lu\"}\n", what, error);
    else printf("{\"event\":\"failed\",\"reason\":\"%s\"}\n", what);
    fflush(stdout);
    ExitProcess(code);
}

/* ---- the lock ---- */

static void reportHolder(void) {
    char text[128] = "";
    DWORD got = 0;
    int launcherPid = 0, redisPid = 0;
    HANDLE file = CreateFileW(L"lock", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                              FILE_ATTRIBUTE_NORMAL, NULL);
    if (file != INVALID_HANDLE_VALUE && ReadFile(file, text, sizeof text - 1, &got, NULL))
        sscanf(text, "launcher %d redis %d", &launcherPid, &redisPid);
    printf("{\"event\":\"locked\",\"pid\":%d,\"launcherPid\":%d}\n", redisPid, launcherPid);
    fflush(stdout);
    ExitProcess(EXIT_LOCKED);
}

/* Answers the locked file. It can be inherited: redis must hold the same lock. */
static HANDLE takeLock(void) {
    SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
    HANDLE file = CreateFileW(L"lock", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, &inherit, OPEN_ALWAYS,
                              FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_SHARING_VIOLATION) reportHolder();
    if (file == INVALID_HANDLE_VALUE) fail(EXIT_SYSTEM, "cannot open the lock file", GetLastError());
    return file;
}

/* A note names processes of a run that is over, and their numbers may be somebody else's by now. */
static void clearHolder(HANDLE file) {
    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    SetEndOfFile(file);
}

static void writeHolder(HANDLE file, DWORD redisPid) {
    char text[128];
    DWORD put;
    int length = snprintf(text, sizeof text, "launcher %lu redis %lu\n", GetCurrentProcessId(), redisPid);
    clearHolder(file);
    if (WriteFile(file, text, length, &put, NULL)) return;
    /* The numbers are only a hint; on a full disk people can read on without it. */
    DWORD error = GetLastError();
    if (error != ERROR_DISK_FULL && error != ERROR_HANDLE_DISK_FULL)
        fail(EXIT_SYSTEM, "cannot write the lock file", error);
}

/* ---- the configuration ---- */

static char *readConfig(HANDLE input, size_t *length) {
    char *text = malloc(MAX_CONFIG_BYTES + 1);
    if (!text) fail(EXIT_SYSTEM, "out of memory", 0);
    size_t used = 0, lineStart = 0;
    while (used < MAX_CONFIG_BYTES) {
        DWORD got = 0;
        if (!ReadFile(input, text + used, 1, &got, NULL) || got == 0)
            fail(EXIT_USAGE, "the configuration ended before its dot", 0);
        if (text[used] == '\r') continue;
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

/* ---- redis ---- */

static HANDLE openLog(void) {
    WIN32_FILE_ATTRIBUTE_DATA now;
    SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
    if (GetFileAttributesExW(L"engine.log", GetFileExInfoStandard, &now) &&
        (now.nFileSizeHigh > 0 || now.nFileSizeLow > MAX_LOG_BYTES))
        MoveFileExW(L"engine.log", L"engine.log.1", MOVEFILE_REPLACE_EXISTING);
    HANDLE log = CreateFileW(L"engine.log", FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherit, OPEN_ALWAYS,
                             FILE_ATTRIBUTE_NORMAL, NULL);
    if (log == INVALID_HANDLE_VALUE) fail(EXIT_SYSTEM, "cannot open engine.log", GetLastError());
    return log;
}

/* A job that ends everything in it when its last handle closes, which is when we end, however we end. */
static HANDLE makeJob(void) {
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    HANDLE job = CreateJobObjectW(NULL, NULL);
    if (!job || !SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits))
        fail(EXIT_SYSTEM, "cannot make a job", GetLastError());
    return job;
}

/* Only the named handles reach redis, so that neither our stdin nor our stdout outlives us there. */
static LPPROC_THREAD_ATTRIBUTE_LIST onlyTheseHandles(HANDLE *handles, size_t bytes) {
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);
    if (!list || !InitializeProcThreadAttributeList(list, 1, 0, &size) ||
        !UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles, bytes, NULL, NULL))
        fail(EXIT_SYSTEM, "cannot prepare redis-server", GetLastError());
    return list;
}

static PROCESS_INFORMATION startRedis(const wchar_t *redisServer, HANDLE job, HANDLE lock, const char *config,
                                      size_t length) {
    SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
    HANDLE readEnd, writeEnd, log = openLog();
    if (!CreatePipe(&readEnd, &writeEnd, &inherit, 0)) fail(EXIT_SYSTEM, "cannot make a pipe", GetLastError());
    SetHandleInformation(writeEnd, HANDLE_FLAG_INHERIT, 0);

    HANDLE passed[] = {readEnd, log, lock};
    STARTUPINFOEXW startup = {0};
    startup.StartupInfo.cb = sizeof startup;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = readEnd;
    startup.StartupInfo.hStdOutput = log;
    startup.StartupInfo.hStdError = log;
    startup.lpAttributeList = onlyTheseHandles(passed, sizeof passed);

    PROCESS_INFORMATION redis = {0};
    wchar_t commandLine[] = L"redis-server -";
    SetEnvironmentVariableW(L"LC_ALL", L"C"); /* the order of texts inside Lua must be bytewise */
    DWORD flags = CREATE_SUSPENDED | CREATE_NO_WINDOW | EXTENDED_STARTUPINFO_PRESENT;
    if (!CreateProcessW(redisServer, commandLine, NULL, NULL, TRUE, flags, NULL, NULL, &startup.StartupInfo, &redis))
        fail(EXIT_SYSTEM, "cannot run redis-server", GetLastError());
    /* Suspended until it is inside the job: there is no moment in which it could outlive us. */
    if (!AssignProcessToJobObject(job, redis.hProcess)) {
        DWORD error = GetLastError();
        TerminateProcess(redis.hProcess, EXIT_SYSTEM);
        fail(EXIT_SYSTEM, "cannot put redis-server into the job", error);
    }
    ResumeThread(redis.hThread);
    CloseHandle(redis.hThread);
    CloseHandle(readEnd);
    CloseHandle(log);
    DWORD put;
    while (length > 0 && WriteFile(writeEnd, config, (DWORD)length, &put, NULL)) {
        config += put;
        length -= put;
    }
    CloseHandle(writeEnd);
    return redis;
}

/* ---- the watch ---- */

static DWORD WINAPI waitForAppToGo(void *input) {
    char ignored[256];
    DWORD got;
    while (ReadFile((HANDLE)input, ignored, sizeof ignored, &got, NULL) && got > 0) {
    }
    return 0;
}

/* Answers the exit code of redis; *ended is set when we had to end it. */
static DWORD watch(PROCESS_INFORMATION redis, HANDLE job, HANDLE input, int *ended) {
    DWORD code = 0;
    HANDLE reader = CreateThread(NULL, 0, waitForAppToGo, input, 0, NULL);
    if (!reader) fail(EXIT_SYSTEM, "cannot start a thread", GetLastError());
    HANDLE either[] = {redis.hProcess, reader};
    if (WaitForMultipleObjects(2, either, FALSE, INFINITE) != WAIT_OBJECT_0 &&
        WaitForSingleObject(redis.hProcess, GRACE_MS) != WAIT_OBJECT_0) {
        *ended = 1;
        TerminateJobObject(job, 1);
        WaitForSingleObject(redis.hProcess, INFINITE);
    }
    GetExitCodeProcess(redis.hProcess, &code);
    return code;
}

int wmain(int argc, wchar_t **argv) {
    wchar_t redisServer[32768];
    if (argc != 3) fail(EXIT_USAGE, "usage: daybook-launcher DATA_DIR REDIS_SERVER", 0);
    if (!GetFullPathNameW(argv[2], 32768, redisServer, NULL))
        fail(EXIT_SYSTEM, "cannot find redis-server", GetLastError());
    if (!SetCurrentDirectoryW(argv[1])) fail(EXIT_SYSTEM, "cannot enter the data folder", GetLastError());
    SetConsoleCtrlHandler(NULL, TRUE); /* Ctrl-C is for the app; we end when the app does */

    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    HANDLE lock = takeLock();
    clearHolder(lock);
    printf("{\"event\":\"holding\"}\n"); /* nobody else writes here now: the app looks at the files before it goes on */
    fflush(stdout);
    size_t length;
    char *config = readConfig(input, &length);
    HANDLE job = makeJob();
    PROCESS_INFORMATION redis = startRedis(redisServer, job, lock, config, length);
    SecureZeroMemory(config, length);
    free(config);
    writeHolder(lock, redis.dwProcessId);
    printf("{\"event\":\"started\",\"pid\":%lu}\n", redis.dwProcessId);
    fflush(stdout);

    int ended = 0;
    DWORD code = watch(redis, job, input, &ended);
    clearHolder(lock);
    printf("{\"event\":\"exited\",\"code\":%lu,\"signal\":%d}\n", ended ? 0 : code, ended ? 9 : 0);
    fflush(stdout);
    ExitProcess(ended ? 137 : code); /* at once: the reader thread may still wait for the app */
}
