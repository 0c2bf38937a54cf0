/** Sealed boxes: HPKE (RFC 9180) base mode with X-Wing, HKDF-SHA256 and ChaCha20-Poly1305. The sender stays anonymous. */

import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { CipherSuite, HkdfSha256 } from '@hpke/core'
import { XWing } from '@hpke/hybridkem-x-wing'
import { concat, type Bytes } from '../net/bytes'
import { HPKE_KEY_BYTES } from './signed'
import { Unopenable, type SealingKeys } from './types'

export { Unopenable }

export const ENC_BYTES = 1120
export const SEED_BYTES = 32

function boxSuite(): CipherSuite {
  return new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() })
}

/** A fresh pair; the private half is the 32-byte seed. */
export async function sealingKeys(): Promise<SealingKeys> {
  const { kem } = boxSuite()
  const pair = await kem.generateKeyPair()
  return {
    publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)),
    privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)),
  }
}

/** The public key of a seed. */
export async function sealingPublicKeyOf(seed: Bytes): Promise<Bytes> {
  const pair = await new XWing().generateKeyPairDerand(seed)
  return new Uint8Array(await new XWing().serializePublicKey(pair.publicKey))
}

/** `enc 1120 ‖ ciphertext`. The context is bound in `info`; there is no aad. */
export async function seal(o: { publicKey: Bytes; info: Bytes; plaintext: Bytes }): Promise<Bytes> {
  if (o.publicKey.length !== HPKE_KEY_BYTES) throw new RangeError('not an X-Wing public key')
  const suite = boxSuite()
  const recipientPublicKey = await suite.kem.deserializePublicKey(o.publicKey)
  const sealed = await suite.seal({ recipientPublicKey, info: o.info }, o.plaintext)
  return concat(new Uint8Array(sealed.enc), new Uint8Array(sealed.ct))
}

/** Throws `Unopenable`. */
export async function open(o: { privateKey: Bytes; info: Bytes; sealed: Bytes }): Promise<Bytes> {
  const suite = boxSuite()
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(o.privateKey)
    const enc = o.sealed.slice(0, ENC_BYTES)
    return new Uint8Array(await suite.open({ recipientKey, enc, info: o.info }, o.sealed.slice(ENC_BYTES)))
  } catch {
    throw new Unopenable()
  }
}
