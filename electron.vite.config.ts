import { globSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'electron-vite';
import react from '@vitejs/plugin-react';

// The oldest runtime the program is tested on is Electron 25 (Chrome 114, Node 18), the one it ships with is newer.
const NODE_TARGET = 'node18';
const CHROME_TARGET = 'chrome114';

/** `electron/imports/read.worker.ts` becomes `out/main/read.worker.cjs`, beside main.cjs. */
function workerEntries(): Record<string, string> {
  const files = globSync('electron/**/*.worker.ts', { cwd: import.meta.dirname });
  return Object.fromEntries(files.map((file) => [path.basename(file, '.ts'), file]));
}

const commonJs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
} as const;

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: NODE_TARGET,
      externalizeDeps: false, // everything is bundled: nothing of node_modules ships
      minify: true,
      rollupOptions: { input: { main: 'electron/main.ts', ...workerEntries() }, output: commonJs },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: NODE_TARGET,
      externalizeDeps: false,
      minify: true,
      rollupOptions: { input: { preload: 'electron/preload.ts' }, output: commonJs },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    // Named here because the renderer's root is not the folder of postcss.config.mjs.
    css: { postcss: import.meta.dirname },
    build: {
      outDir: path.join(import.meta.dirname, 'out/renderer'),
      target: CHROME_TARGET,
      cssTarget: CHROME_TARGET,
      minify: true,
      chunkSizeWarningLimit: 2_000, // in kB; it is read from the disk, not from a network
      rollupOptions: { input: path.join(import.meta.dirname, 'renderer/index.html') },
    },
  },
});
