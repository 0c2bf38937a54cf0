// Every brotli file of the build must be exactly its plain neighbour.
import { readdirSync, readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

const folder = new URL('../frontend/dist/assets/', import.meta.url)
const wrong = readdirSync(folder)
  .filter((name) => name.endsWith('.br'))
  .filter((name) => !brotliDecompressSync(readFileSync(new URL(name, folder))).equals(readFileSync(new URL(name.slice(0, -3), folder))))
for (const name of wrong) console.error(`${name} is not its plain neighbour.`)
process.exit(wrong.length === 0 ? 0 : 1)
