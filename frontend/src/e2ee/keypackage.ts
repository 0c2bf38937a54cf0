/** Key packages: how somebody who is away can be added. Single use. */

import { generateKeyPackageWithKey, type KeyPackage, type PrivateKeyPackage } from 'ts-mls/keyPackage.js'
import type { LeafNode } from 'ts-mls/leafNode.js'
import { decodeMlsMessage, encodeMlsMessage, type MLSMessage } from 'ts-mls/message.js'
import { Reader, concat, sha256, u32, u8, type Bytes } from '../net/bytes'
import { signingKeys } from './ed25519'
import { pseudonymIdentity } from './identity'
import { SUITE, suite } from './provider'
import { CAPABILITIES, lifetimeCheck, lifetimeFrom } from './settings'
import { Untrusted, type Clock, type Leaf, type OwnKeyPackage, type OwnKeys } from './types'

const EXPORT_VERSION = 1

export const systemClock: Clock = () => Math.floor(Date.now() / 1000)

/** The private half stays inside this class; group.ts takes it out for the join, which wipes it. */
export class KeyPackageKeys implements OwnKeyPackage {
  readonly message: Bytes
  readonly hash: Bytes
  readonly identity: Bytes
  readonly signatureKey: Bytes
  readonly publicPackage: KeyPackage
  #private: PrivateKeyPackage | null

  constructor(o: { message: Bytes; hash: Bytes; publicPackage: KeyPackage; privatePackage: PrivateKeyPackage }) {
    const leaf = leafOf(o.publicPackage)
    this.message = o.message
    this.hash = o.hash
    this.identity = leaf.identity
    this.signatureKey = leaf.signatureKey
    this.publicPackage = o.publicPackage
    this.#private = o.privatePackage
  }

  get privatePackage(): PrivateKeyPackage {
    if (this.#private === null) throw new Error('this key package was used')
    return this.#private
  }

  export(): Bytes {
    const { initPrivateKey, hpkePrivateKey, signaturePrivateKey } = this.privatePackage
    const parts = [this.message, initPrivateKey, hpkePrivateKey, signaturePrivateKey]
    return concat(u8(EXPORT_VERSION), ...parts.map((part) => concat(u32(part.length), part)))
  }

  wipe(): void {
    if (this.#private === null) return
    for (const key of Object.values(this.#private) as Uint8Array[]) key.fill(0)
    this.#private = null
  }
}

/** A fresh pseudonym with fresh keys, valid for 14 days. */
export async function pseudonymKeyPackage(now: Clock = systemClock): Promise<OwnKeyPackage> {
  const keys = signingKeys()
  return keyPackageFor(
    { identity: pseudonymIdentity(), signatureKey: keys.publicKey, signaturePrivateKey: keys.privateKey },
    now,
  )
}

/** A key package for keys that exist, as a member of staff needs to be added by a colleague. */
export async function keyPackageFor(me: OwnKeys, now: Clock = systemClock): Promise<OwnKeyPackage> {
  const signatureKeys = { publicKey: me.signatureKey, signKey: me.signaturePrivateKey.slice() }
  const credential = { credentialType: 'basic', identity: me.identity } as const
  const lifetime = lifetimeFrom(now())
  const made = await generateKeyPackageWithKey(credential, CAPABILITIES, lifetime, [], signatureKeys, await suite())
  const message = encodeMlsMessage({ version: 'mls10', wireformat: 'mls_key_package', keyPackage: made.publicPackage })
  return keysOf(message as Bytes, made.publicPackage, made.privatePackage)
}

/** The inverse of `export()`. Throws `Untrusted('malformed')`. */
export async function keyPackageImport(bytes: Bytes): Promise<OwnKeyPackage> {
  try {
    const reader = new Reader(bytes)
    if (reader.u8() !== EXPORT_VERSION) throw new Untrusted('malformed')
    const take = (): Bytes => reader.take(reader.u32())
    const message = take()
    const privatePackage = { initPrivateKey: take(), hpkePrivateKey: take(), signaturePrivateKey: take() }
    reader.end()
    return await keysOf(message, keyPackageDecode(message), privatePackage)
  } catch {
    throw new Untrusted('malformed')
  }
}

async function keysOf(
  message: Bytes,
  publicPackage: KeyPackage,
  privatePackage: PrivateKeyPackage,
): Promise<KeyPackageKeys> {
  return new KeyPackageKeys({ message, hash: await sha256(message), publicPackage, privatePackage })
}

/** The leaf that an MLSMessage (KeyPackage) would put into a group. Throws `Untrusted('malformed')`. Verifies nothing else. */
export function keyPackageLeaf(message: Bytes): Leaf {
  return leafOf(keyPackageDecode(message))
}

/** A key package of our suite that may be added now. The library checks its signatures when it is. Throws `Untrusted`. */
export function keyPackageRead(message: Bytes, now: number): KeyPackage {
  const keyPackage = keyPackageDecode(message)
  keyPackageCheck(keyPackage, now)
  return keyPackage
}

/** What the library leaves unchecked on one side or the other. Throws `Untrusted`. */
export function keyPackageCheck(keyPackage: KeyPackage, now: number): void {
  const { leafNode } = keyPackage
  if (keyPackage.cipherSuite !== SUITE || leafNode.leafNodeSource !== 'key_package') throw new Untrusted('malformed')
  lifetimeCheck(leafNode.lifetime, now)
}

function keyPackageDecode(message: Bytes): KeyPackage {
  const [decoded, size] = decodeOrNothing(message)
  if (decoded?.wireformat !== 'mls_key_package' || size !== message.length) throw new Untrusted('malformed')
  leafOf(decoded.keyPackage)
  return decoded.keyPackage
}

/** The message and its size in bytes. The library throws for some bytes and answers undefined for others. */
export function decodeOrNothing(message: Bytes): [MLSMessage, number] | [undefined, 0] {
  try {
    return decodeMlsMessage(message.slice(), 0) ?? [undefined, 0]
  } catch {
    return [undefined, 0]
  }
}

export function leafOf(node: { leafNode: LeafNode } | LeafNode): Leaf {
  const { credential, signaturePublicKey } = 'leafNode' in node ? node.leafNode : node
  if (credential.credentialType !== 'basic') throw new Untrusted('malformed')
  return { identity: Uint8Array.from(credential.identity), signatureKey: Uint8Array.from(signaturePublicKey) }
}
