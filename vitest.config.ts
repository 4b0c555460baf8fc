import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = import.meta.dirname;
const exe = process.platform === 'win32' ? '.exe' : '';
const engineDir = path.join(root, 'resources', 'redis', `${process.platform}-${process.arch}`);

const env = {
  // redis-memory-server runs the engine we ship instead of downloading one.
  REDISMS_SYSTEM_BINARY: path.join(engineDir, `redis-server${exe}`),
  DAYBOOK_LAUNCHER: process.env['DAYBOOK_LAUNCHER'] ?? path.join(engineDir, `daybook-launcher${exe}`),
  // Lua compares texts by locale; the launcher sets this for the real engine.
  LC_ALL: 'C',
  TZ: 'Europe/Berlin',
};

/** Files are begun by their size, but some short ones take longest: begun last they would keep everybody waiting. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => /\/test\/(crashes|oracle)\//.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Then every file of stories has a screen of its own; on a person's, windows would take the keyboard from each other. */
const hasNoScreen =
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];

const shared = { env, pool: 'forks', restoreMocks: true } as const;

export default defineConfig({
  plugins: [react()],
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'test/long/**', 'test/faults/**', 'test/package/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/*.e2e.ts'],
          fileParallelism: hasNoScreen,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'package',
          // This reader of workflows imports JSON as bundlers do.
          server: { deps: { inline: ['@actions/workflow-parser'] } },
          include: ['test/package/**/*.test.ts'],
          fileParallelism: false, // they install a program and open real windows
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'faults-e2e',
          include: ['test/e2e/faults/*.e2e.ts'],
          fileParallelism: false, // one real window at a time
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
