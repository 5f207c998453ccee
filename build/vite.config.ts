import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../renderer', import.meta.url));

/**
 * The window's page as plain files. Nothing is inlined: the page's content security policy allows scripts, styles and
 * fonts from its own origin only, so a data: font or an inline script would not load.
 */
export default defineConfig({
  root,
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The Chromium that Electron 45 brings.
    target: 'chrome148',
    sourcemap: true,
    reportCompressedSize: false,
    // It is read from the disk: one file of less than a megabyte is parsed faster than several are opened.
    chunkSizeWarningLimit: 1_000,
  },
});
