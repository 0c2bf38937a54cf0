/** Argon2id by WebAssembly, or in plain JavaScript where a browser forbids that. Both give the same bytes. */

import type { Bytes } from './types'

export interface Argon2Input {
  readonly secret: Bytes
  readonly salt: Bytes
  readonly memoryKiB: number
  readonly passes: number
  /** Bytes of the answer. */
  readonly size: number
}

export type Argon2Answer = { readonly ok: true; readonly hash: Bytes } | { readonly ok: false }

/** One lane. Throws where there is no memory for it. */
export async function argon2Hash(input: Argon2Input): Promise<Bytes> {
  try {
    return await argon2ByWasm(input)
  } catch {
    return argon2ByScript(input)
  }
}

export async function argon2ByWasm(input: Argon2Input): Promise<Bytes> {
  const { argon2id } = await import('hash-wasm')
  const hash = await argon2id({
    password: input.secret,
    salt: input.salt,
    memorySize: input.memoryKiB,
    iterations: input.passes,
    parallelism: 1,
    hashLength: input.size,
    outputType: 'binary',
  })
  return Uint8Array.from(hash)
}

export async function argon2ByScript(input: Argon2Input): Promise<Bytes> {
  const { argon2id } = await import('@noble/hashes/argon2.js')
  const { secret, salt, memoryKiB: m, passes: t, size: dkLen } = input
  return Uint8Array.from(argon2id(secret, salt, { m, t, p: 1, dkLen }))
}
