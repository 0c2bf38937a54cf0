import { readFileSync } from 'node:fs'
import { b64Decode, type Bytes } from '../../src/net/bytes'

/** A file of tests/vectors, which every client and the server's own tests read. */
export function vectorFile<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}.json`, import.meta.url), 'utf8')) as T
}

export function raw(text: string): Bytes {
  const bytes = b64Decode(text)
  if (bytes === null) throw new Error('not base64url')
  return bytes
}
