import { globSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import path from 'node:path';
import { defineConfig } from 'electron-vite';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';

// The oldest runtime the program is tested on is Electron 25 (Chrome 114, Node 18), the one it ships with is newer.
const NODE_TARGET = 'node18';
const CHROME_TARGET = 'chrome114';

/**
 * `electron/imports/reader.worker.ts` becomes `out/main/reader.worker.cjs`, beside main.cjs. Each thread or process is built by
 * itself: built together, the bundler lets it share code with main.cjs, and loading that starts the program once more.
 */
const threads: Plugin = {
  name: 'threads',
  async closeBundle() {
    for (const file of globSync('electron/**/*.worker.ts', { cwd: import.meta.dirname }))
      await buildThread(file);
  },
};

const buildThread = (file: string): Promise<unknown> =>
  build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    ssr: { noExternal: true },
    build: {
      ssr: file,
      outDir: 'out/main',
      emptyOutDir: false,
      target: NODE_TARGET,
      minify: true,
      rollupOptions: { output: { format: 'cjs', entryFileNames: `${path.basename(file, '.ts')}.cjs` } },
    },
  });

/**
 * Releases are signed, and the program refuses updates that are not: the public half of the key is built in. Ed25519 as
 * SPKI in DER in Base64; DAYBOOK_UPDATES_KEY gives it. Without one, updates are proved by their checksums alone.
 */
function updatesKey(): string {
  const given = process.env['DAYBOOK_UPDATES_KEY'] ?? '';
  if (given === '') return '';
  const key = createPublicKey({ key: Buffer.from(given, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('DAYBOOK_UPDATES_KEY is no Ed25519 key');
  return given;
}

const commonJs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
} as const;

export default defineConfig({
  main: {
    plugins: [threads],
    define: { daybookUpdatesKey: JSON.stringify(updatesKey()) },
    build: {
      outDir: 'out/main',
      target: NODE_TARGET,
      externalizeDeps: false, // everything is bundled: nothing of node_modules ships
      minify: true,
      rollupOptions: { input: { main: 'electron/main.ts' }, output: commonJs },
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
