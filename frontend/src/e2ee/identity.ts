/** The identity in a leaf's basic credential (docs/protocol.md §6), and how members are named. */

import { Reader, b64Encode, concat, randomBytes, sameBytes, sha256, u16, u8, type Bytes } from '../net/bytes'
import { ID_BYTES, signedDecode, type DeviceCertificate, type RevocationList, type SigningCertificate } from './signed'
import { Untrusted, type Leaf, type Member, type PseudonymIdentity, type StaffIdentity } from './types'
import {
  DEVICE_LIFETIME_MAX,
  SIGNING_LIFETIME_MAX,
  cleared,
  timesCheck,
  verifyDeviceCertificate,
  verifySigningCertificate,
} from './verify'

const STAFF = 1
const PSEUDONYM = 2
const MARK_BYTES = 16

/** `0x01 ‖ u16 length ‖ signing device certificate ‖ u16 length ‖ device certificate`. */
export function staffIdentity(certificates: { signing: Bytes; device: Bytes }): Bytes {
  const { signing, device } = certificates
  return concat(u8(STAFF), u16(signing.length), signing, u16(device.length), device)
}

/** `0x02 ‖ 16 random bytes`. */
export function pseudonymIdentity(): Bytes {
  return concat(u8(PSEUDONYM), randomBytes(ID_BYTES))
}

export function isStaff(identity: Bytes): boolean {
  return identity[0] === STAFF
}

/** The two certificates of a staff identity, unverified. Throws `Untrusted('malformed')`. */
export function staffIdentitySplit(identity: Bytes): { signing: Bytes; device: Bytes } {
  try {
    const reader = new Reader(identity)
    if (reader.u8() !== STAFF) throw new Untrusted('malformed')
    const signing = reader.take(reader.u16())
    const device = reader.take(reader.u16())
    reader.end()
    return { signing, device }
  } catch {
    throw new Untrusted('malformed')
  }
}

/** Signatures already checked, by identity and key: they cannot change, and each costs milliseconds on an old phone. */
export type ChainCache = Map<string, { signing: SigningCertificate; device: DeviceCertificate }>

/** Who a leaf is, if `root` vouches for it and the leaf's key is the certified one. Throws `Untrusted`. */
export function verifyStaffIdentity(
  leaf: Leaf,
  o: { root: Bytes; organisation: string; newest: RevocationList; now: number; cache?: ChainCache },
): StaffIdentity {
  const key = b64Encode(concat(o.root, leaf.signatureKey, leaf.identity))
  const known = o.cache?.get(key)
  if (known === undefined) {
    const certificates = staffIdentitySplit(leaf.identity)
    const signing = verifySigningCertificate(certificates.signing, o)
    const device = verifyDeviceCertificate(certificates.device, { issuer: signing, now: o.now })
    cleared(o.newest, o.now, [signing.deviceId, device.deviceId])
    if (!sameBytes(device.signatureKey, leaf.signatureKey)) throw new Untrusted('content')
    o.cache?.set(key, { signing, device })
    return staffFrom(signing, device)
  }
  timesCheck(known.signing, SIGNING_LIFETIME_MAX, o.now)
  timesCheck(known.device, DEVICE_LIFETIME_MAX, o.now)
  cleared(o.newest, o.now, [known.signing.deviceId, known.device.deviceId])
  return staffFrom(known.signing, known.device)
}

function staffFrom(signing: SigningCertificate, device: DeviceCertificate): StaffIdentity {
  return {
    kind: 'staff',
    organisation: device.organisation,
    deviceId: device.deviceId,
    signingDeviceId: signing.deviceId,
    name: device.shownName,
    role: device.role,
    notAfter: Math.min(signing.notAfter, device.notAfter),
  }
}

/** What an identity says of itself. Verifies nothing: only for leaves that a policy admitted, and for the own one. */
export function identityRead(identity: Bytes): StaffIdentity | PseudonymIdentity {
  if (isStaff(identity)) {
    const { signing, device } = staffIdentitySplit(identity)
    return staffFrom(signedDecode('signingCertificate', signing).body, signedDecode('deviceCertificate', device).body)
  }
  if (identity[0] !== PSEUDONYM || identity.length !== 1 + ID_BYTES) throw new Untrusted('malformed')
  return { kind: 'pseudonym', id: identity.slice(1) }
}

export async function markOf(signatureKey: Bytes): Promise<string> {
  return b64Encode((await sha256(signatureKey)).slice(0, MARK_BYTES))
}

export async function memberOf(leaf: Leaf, identity = identityRead(leaf.identity)): Promise<Member> {
  return { identity, signatureKey: leaf.signatureKey, mark: await markOf(leaf.signatureKey) }
}
