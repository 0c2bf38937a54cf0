import { svelte } from '@sveltejs/vite-plugin-svelte'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

/** Writes each built file once more, compressed as small as it gets: that costs seconds, so it is not done where it is served. */
function brotli(): Plugin {
  let folder = ''
  return {
    name: 'brotli',
    apply: 'build',
    configResolved: (config) => void (folder = resolve(config.root, config.build.outDir, config.build.assetsDir)),
    closeBundle() {
      for (const name of readdirSync(folder)) {
        const plain = readFileSync(join(folder, name))
        const packed = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } })
        if (packed.length < plain.length) writeFileSync(join(folder, `${name}.br`), packed)
      }
    },
  }
}

/**
 * Two entries, app and console; the documents themselves are rendered by the server, which reads dist/manifest.json.
 * Nothing is inlined, so that the strict Content-Security-Policy holds, and equal sources give equal bytes.
 */
export default defineConfig({
  base: '/',
  publicDir: false,
  plugins: [svelte(), brotli()],
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
    rolldownOptions: {
      output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js' },
    },
  },
})
