import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/**
 * Tests run in Node; a file that needs a document says so with `// @vitest-environment happy-dom`. No test measures time: the limit is for what
 * hangs, also on a busy machine.
 */
export default defineConfig({
  plugins: [svelte()],
  resolve: { conditions: ['browser'] },
  test: { include: ['frontend/tests/**/*.test.ts'], environment: 'node', passWithNoTests: false, testTimeout: 60_000 },
})
