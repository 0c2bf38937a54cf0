import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/** Every screen in every state, for looking at and for tests/flows/test_screens.py: `npx vite -c vite.stories.config.ts`. Not shipped. */
export default defineConfig({
  root: 'frontend/stories',
  base: '/',
  publicDir: false,
  plugins: [svelte({ configFile: '../../svelte.config.js' })],
  build: { target: 'es2022', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  worker: { format: 'es' },
})
