/** Strict Ed25519 (RFC 8032), in plain JavaScript: Chromium before 137 has none of its own. */

import { ed25519 } from '@noble/curves/ed25519.js'
import type { Bytes } from '../net/bytes'
import { Untrusted, type SigningKeys } from './types'

export const KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

/** `key` itself where it is canonical, on the curve and not of small order. Throws `Untrusted('key')`. */
export function keyCheck(key: Bytes): Bytes {
  try {
    if (ed25519.Point.fromBytes(key, false).isSmallOrder()) throw new Untrusted('key')
  } catch {
    throw new Untrusted('key')
  }
  return key
}

export function signatureMake(privateKey: Uint8Array, message: Uint8Array): Bytes {
  return ed25519.sign(message, privateKey) as Bytes
}

/** Whether `publicKey` signed `message`; false for every key or signature that is not strictly valid. */
export function signatureValid(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}

export function signingKeys(): SigningKeys {
  const privateKey = ed25519.utils.randomSecretKey() as Bytes
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

export function publicKeyOf(privateKey: Uint8Array): Bytes {
  return ed25519.getPublicKey(privateKey) as Bytes
}
