import { defineConfig } from 'vite'
import shipped from '../../../../vite.config'

/** The shipped build with one entry of the tests' own. */
export default defineConfig({
  base: shipped.base ?? '/',
  publicDir: false,
  worker: shipped.worker ?? {},
  build: {
    ...shipped.build,
    rolldownOptions: { ...shipped.build?.rolldownOptions, input: { tried: 'frontend/tests/e2ee/browser/entry.ts' } },
  },
})
