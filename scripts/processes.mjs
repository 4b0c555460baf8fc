// Starting other programs: short ones whose output we read, and long ones that own the terminal until they end.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Output of a program, or null when it is missing or fails. */
export function tryRun(command, args, options = {}) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return result.status === 0 ? result.stdout : null;
}

/** Runs a program to its end; its output goes to our stderr. Throws when it fails. */
export function run(command, args, options = {}) {
  execFileSync(command, args, { stdio: ['ignore', 2, 2], ...options });
}

export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      if (folder && existsSync(file)) return file;
    }
  }
  return null;
}

/** Command and leading arguments for npm: the very npm that runs us, if one does. */
export function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.c?js$/.test(running)) return { command: process.execPath, args: [running] };
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (existsSync(beside)) return { command: process.execPath, args: [beside] };
  return { command: findProgram('npm') ?? 'npm', args: [] };
}

export function npm(args, options = {}) {
  const { command, args: leading } = npmCommand();
  // Only a bare npm.cmd needs a shell; that happens on Windows when not started by npm.
  run(command, [...leading, ...args], { shell: command.endsWith('.cmd'), ...options });
}

/**
 * Runs a program that owns the terminal and answers its exit code. It gets its own process group, so that Ctrl-C,
 * a closed terminal or our own end stop it together with everything it started.
 */
export function runForeground(command, args, options = {}) {
  const ownGroup = process.platform !== 'win32';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options, detached: ownGroup });
    const signalGroup = (signal) => {
      try {
        process.kill(ownGroup ? -child.pid : child.pid, signal);
      } catch {
        // It has ended already.
      }
    };
    let killTimer;
    const passOn = (signal) => {
      signalGroup(signal);
      killTimer ??= setTimeout(() => signalGroup('SIGKILL'), 15_000);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const lastResort = () => signalGroup('SIGKILL');
    process.on('exit', lastResort);
    const finish = () => {
      clearTimeout(killTimer);
      for (const signal of signals) process.off(signal, passOn);
      process.off('exit', lastResort);
      // The leader is gone; anything it left behind in its group goes now.
      if (ownGroup) signalGroup('SIGTERM');
    };
    child.on('error', (error) => {
      finish();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      finish();
      resolve(code ?? 128 + (os.constants.signals[signal] ?? 0));
    });
  });
}
