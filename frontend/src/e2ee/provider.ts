/**
 * MLS suite 1 on primitives that every Chromium of the last years has: WebCrypto for AES-GCM, HKDF and SHA-256; @noble and @hpke
 * in plain JavaScript for Ed25519 and X25519, which WebCrypto has only since 137 and 133. There is one provider for all
 * browsers, so that the path that is tested is the path that runs.
 */

import { Aes128Gcm, CipherSuite, HkdfSha256 } from '@hpke/core'
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519'
import type { CiphersuiteImpl } from 'ts-mls'
import { makeHashImpl } from 'ts-mls/crypto/implementation/default/makeHashImpl.js'
import { makeKdfImpl } from 'ts-mls/crypto/implementation/default/makeKdfImpl.js'
import { makeGenericHpke } from 'ts-mls/crypto/implementation/hpke.js'
import { randomBytes, type Bytes } from '../net/bytes'
import { KEY_BYTES, signatureMake, signatureValid, signingKeys } from './ed25519'

export const SUITE = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519'

const aead = {
  async encrypt(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Promise<Bytes> {
    const params = { name: 'AES-GCM', iv: nonce as Bytes, additionalData: aad as Bytes }
    return new Uint8Array(await crypto.subtle.encrypt(params, await aesKey(key, 'encrypt'), plaintext as Bytes))
  },
  async decrypt(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Promise<Bytes> {
    const params = { name: 'AES-GCM', iv: nonce as Bytes, additionalData: aad as Bytes }
    return new Uint8Array(await crypto.subtle.decrypt(params, await aesKey(key, 'decrypt'), ciphertext as Bytes))
  },
}

function aesKey(key: Uint8Array, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key as Bytes, 'AES-GCM', false, [usage])
}

async function implementation(): Promise<CiphersuiteImpl> {
  const hpke = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  })
  const algorithms = { kem: 'DHKEM-X25519-HKDF-SHA256', kdf: 'HKDF-SHA256', aead: 'AES128GCM' } as const
  return {
    name: SUITE,
    hash: makeHashImpl(crypto.subtle, 'SHA-256'),
    kdf: makeKdfImpl(new HkdfSha256()),
    hpke: await makeGenericHpke(algorithms, aead, hpke),
    rng: { randomBytes },
    signature: {
      async sign(key, message) {
        // WebCrypto's PKCS8 ends with these bytes: a state that a native provider made opens here.
        return signatureMake(key.slice(-KEY_BYTES), message)
      },
      async verify(key, message, signature) {
        return signatureValid(key, message, signature)
      },
      async keygen() {
        const keys = signingKeys()
        return { publicKey: keys.publicKey, signKey: keys.privateKey }
      },
    },
  }
}

let made: Promise<CiphersuiteImpl> | null = null

/** The cipher suite of every conversation. */
export function suite(): Promise<CiphersuiteImpl> {
  made ??= implementation()
  return made
}
