import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/**
 * Two entries, app and console; the documents themselves are rendered by the server, which reads dist/manifest.json.
 * Nothing is inlined, so that the strict Content-Security-Policy holds, and equal sources give equal bytes.
 */
export default defineConfig({
  base: '/',
  publicDir: false,
  plugins: [svelte()],
  build: {
    target: 'es2022',
    outDir: 'frontend/dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: {
      input: { app: 'frontend/src/app/main.ts', console: 'frontend/src/console/main.ts' },
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js' } },
  },
})
