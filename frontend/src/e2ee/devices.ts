/** The keys of a staff member's browser: Ed25519 for the certificate and the group's leaf, X-Wing for intake keys. */

import { Reader, concat, randomBytes, sha256, u8, type Bytes } from '../net/bytes'
import { KEY_BYTES, publicKeyOf, signingKeys } from './ed25519'
import { SEED_BYTES, sealingKeys, sealingPublicKeyOf } from './hpke'
import { staffIdentity } from './identity'
import { ID_BYTES, signedEncode, type DeviceRequest } from './signed'
import { Untrusted, type OwnKeys, type SealingKeys, type SigningKeys } from './types'

const EXPORT_VERSION = 1

export interface DeviceKeys {
  readonly deviceId: Bytes
  readonly signing: SigningKeys
  readonly sealing: SealingKeys
}

export async function deviceKeys(): Promise<DeviceKeys> {
  return { deviceId: randomBytes(ID_BYTES), signing: signingKeys(), sealing: await sealingKeys() }
}

/** `u8 version ‖ device id ‖ signature seed ‖ X-Wing seed`, for a sealed place only. */
export function deviceKeysExport(keys: DeviceKeys): Bytes {
  return concat(u8(EXPORT_VERSION), keys.deviceId, keys.signing.privateKey, keys.sealing.privateKey)
}

/** Throws `Untrusted('malformed')`. */
export async function deviceKeysImport(bytes: Bytes): Promise<DeviceKeys> {
  const { deviceId, signingSeed, sealingSeed } = exportRead(bytes)
  return {
    deviceId,
    signing: { privateKey: signingSeed, publicKey: publicKeyOf(signingSeed) },
    sealing: { privateKey: sealingSeed, publicKey: await sealingPublicKeyOf(sealingSeed) },
  }
}

function exportRead(bytes: Bytes): { deviceId: Bytes; signingSeed: Bytes; sealingSeed: Bytes } {
  try {
    const reader = new Reader(bytes)
    if (reader.u8() !== EXPORT_VERSION) throw new Untrusted('malformed')
    const read = {
      deviceId: reader.take(ID_BYTES),
      signingSeed: reader.take(KEY_BYTES),
      sealingSeed: reader.take(SEED_BYTES),
    }
    reader.end()
    return read
  } catch {
    throw new Untrusted('malformed')
  }
}

/** Signed object 6: "certify me", signed by the device itself. */
export async function deviceRequest(
  keys: DeviceKeys,
  o: Pick<DeviceRequest, 'organisation' | 'shownName' | 'role'>,
): Promise<Bytes> {
  const hpkeHash = await sha256(keys.sealing.publicKey)
  const body = { ...o, deviceId: keys.deviceId, signatureKey: keys.signing.publicKey, hpkeHash }
  return signedEncode('deviceRequest', body, keys.signing.privateKey)
}

/** What this device enters a group with. */
export function staffKeys(keys: DeviceKeys, certificates: { signing: Bytes; device: Bytes }): OwnKeys {
  return {
    identity: staffIdentity(certificates),
    signatureKey: keys.signing.publicKey,
    signaturePrivateKey: keys.signing.privateKey,
  }
}
