/*
 * Takes the place of redis-server.exe where the launcher for Windows is tried out: reads its configuration from stdin,
 * tells on stdout what it was started with, and listens until it is told to end.
 *
 *   exit N       in the configuration: end with this code at once
 *   deaf         in the configuration: listen to nobody
 *   PING         over the connection: +PONG
 *   SHUTDOWN     over the connection: end in good order, as redis does when the app asks for it
 *   EXIT N       over the connection: end with this code
 *   FORK         over the connection: start a process of its own, as redis does to write its file anew
 */
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0602
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char config[1 << 21];

static void readConfig(void) {
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD got, used = 0;
    while (used < sizeof config - 1 && ReadFile(input, config + used, sizeof config - 1 - used, &got, NULL) && got > 0)
        used += got;
    config[used] = 0;
}

static void sayWide(const char *what, const wchar_t *text) {
    char bytes[4096] = "";
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    printf("%s: %s\n", what, bytes);
}

static void sayHandle(HANDLE handle) {
    wchar_t path[1024] = L"";
    DWORD type = GetFileType(handle);
    if (type == FILE_TYPE_DISK) GetFinalPathNameByHandleW(handle, path, 1024, 0);
    wchar_t *name = wcsrchr(path, L'\\');
    if (type == FILE_TYPE_PIPE) printf("inherited: pipe\n");
    else if (type == FILE_TYPE_DISK) sayWide("inherited", name ? name + 1 : path);
    else printf("inherited: another kind\n");
}

/* A handle that was inherited can be inherited again; those of a process of its own making cannot. */
static void sayWhatWasInherited(void) {
    for (size_t number = 4; number < 0x1000; number += 4) {
        DWORD flags;
        if (GetHandleInformation((HANDLE)number, &flags) && (flags & HANDLE_FLAG_INHERIT)) sayHandle((HANDLE)number);
    }
}

static void sayWhatItIs(void) {
    wchar_t folder[1024] = L"";
    GetCurrentDirectoryW(1024, folder);
    sayWide("folder", folder);
    sayWide("command line", GetCommandLineW());
    wchar_t *all = GetEnvironmentStringsW();
    for (wchar_t *each = all; *each; each += wcslen(each) + 1) sayWide("environment", each);
    sayWhatWasInherited();
    printf("configuration: %u bytes\n%s", (unsigned)strlen(config), config);
    fflush(stdout);
}

static const char *setting(const char *name) {
    const char *line = strstr(config, name);
    return line ? line + strlen(name) : NULL;
}

static void startAnother(void) {
    wchar_t program[1024], commandLine[] = L"redis-server rewrite";
    STARTUPINFOW startup = {0};
    PROCESS_INFORMATION process;
    startup.cb = sizeof startup;
    GetModuleFileNameW(NULL, program, 1024);
    CreateProcessW(program, commandLine, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process);
}

static void obey(SOCKET connection) {
    char words[64] = "";
    int used = 0, got = 0;
    SetHandleInformation((HANDLE)connection, HANDLE_FLAG_INHERIT, 0); /* or another process would keep it open */
    while (used < (int)sizeof words - 1 && !strchr(words, '\n') &&
           (got = recv(connection, words + used, sizeof words - 1 - used, 0)) > 0)
        used += got;
    if (strncmp(words, "SHUTDOWN", 8) == 0) {
        printf("ready to exit, bye bye\n");
        fflush(stdout);
        ExitProcess(0);
    }
    if (strncmp(words, "EXIT ", 5) == 0) ExitProcess((UINT)strtoul(words + 5, NULL, 10));
    if (strncmp(words, "FORK", 4) == 0) startAnother();
    send(connection, "+PONG\r\n", 7, 0);
    closesocket(connection);
}

static void listenToAnybody(void) {
    WSADATA data;
    struct sockaddr_in address = {0};
    int size = sizeof address;
    WSAStartup(MAKEWORD(2, 2), &data);
    SOCKET listening = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_NO_HANDLE_INHERIT);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listening, (struct sockaddr *)&address, sizeof address);
    listen(listening, 16);
    getsockname(listening, (struct sockaddr *)&address, &size);
    printf("listens on %d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) obey(accept(listening, NULL, NULL));
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "rewrite") == 0) Sleep(INFINITE);
    readConfig();
    sayWhatItIs();
    const char *code = setting("exit ");
    if (code) ExitProcess((UINT)strtoul(code, NULL, 10));
    if (setting("deaf")) Sleep(INFINITE);
    listenToAnybody();
}
