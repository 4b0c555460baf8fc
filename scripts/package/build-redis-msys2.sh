#!/usr/bin/env bash
# Builds redis-server.exe in an MSYS2 shell; scripts/build-redis.mjs calls it. Leaves in WORK/built the program, the
# runtime library it is linked with, and the licences of both.
# Usage: build-redis-msys2.sh ARCHIVE WORK PATCHES MAKE-FLAG...
set -euo pipefail

here=$(dirname "$(cygpath -u "$0")")
archive=$(cygpath -u "$1")
work=$(cygpath -u "$2")
patches=$(cygpath -u "$3")
shift 3

mkdir -p "$work/tree" "$work/built"
tar xzf "$archive" -C "$work/tree" --strip-components=1
while read -r name; do
  patch -d "$work/tree" -p1 -s --forward -i "$patches/$name"
done <"$patches/series"

# Without _GNU_SOURCE the headers hide dladdr, which the crash report uses.
make -s -j"$(nproc)" -C "$work/tree/src" "$@" CC=gcc REDIS_CFLAGS=-D_GNU_SOURCE redis-server
strip "$work/tree/src/redis-server.exe"

cp "$work/tree/src/redis-server.exe" "$work/tree/COPYING" /usr/bin/msys-2.0.dll "$work/built/"
{
  printf 'msys-2.0.dll is %s of the MSYS2 project, a changed Cygwin.\n' "$(pacman -Q msys2-runtime)"
  cat "$here/msys2-runtime-notice.txt"
} >"$work/built/COPYING.runtime"
