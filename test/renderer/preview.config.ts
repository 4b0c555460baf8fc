import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Serves the preview page; no part of the build. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: 'node_modules/.cache/preview',
  plugins: [react()],
  build: { target: 'chrome114', cssTarget: 'chrome114' },
  server: { port: 5199, strictPort: true, watch: { ignored: ['**/resources/**', '**/.tools/**'] } },
});
