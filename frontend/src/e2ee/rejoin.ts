/** Rejoining after the state was lost: a fresh key package, signed by the rejoin key of the note (docs/protocol.md §2 and §6). */

import { Reader, concat, sha256, u32, type Bytes } from '../net/bytes'
import { signingKeys } from './ed25519'
import { signedEncode } from './signed'
import { Untrusted, type SigningKeys } from './types'
import { verifyRejoinObject } from './verify'

/** Made once for a request; the public half goes into the note, the private one wherever the person returns from. */
export function rejoinKeys(): SigningKeys {
  return signingKeys()
}

/**
 * The content of a rejoin envelope (kind 4): `u32 length ‖ key package ‖ signed object 7`. `counter` must be above any used before;
 * milliseconds of the clock do, for nobody who lost their state remembers a count.
 */
export async function signRejoin(o: { keyPackage: Bytes; counter: number; privateKey: Bytes }): Promise<Bytes> {
  const body = { packageHash: await sha256(o.keyPackage), counter: o.counter }
  return concat(u32(o.keyPackage.length), o.keyPackage, signedEncode('rejoin', body, o.privateKey))
}

/** The key package that the holder of `rejoinKey` asks to be added with, and the counter to remember. Throws `Untrusted`. */
export async function verifyRejoin(
  content: Bytes,
  o: { rejoinKey: Bytes; lastCounter: number },
): Promise<{ keyPackage: Bytes; counter: number }> {
  const { keyPackage, signed } = split(content)
  const { counter } = await verifyRejoinObject(signed, { ...o, keyPackage })
  return { keyPackage, counter }
}

function split(content: Bytes): { keyPackage: Bytes; signed: Bytes } {
  try {
    const reader = new Reader(content)
    return { keyPackage: reader.take(reader.u32()), signed: reader.rest() }
  } catch {
    throw new Untrusted('malformed')
  }
}
