/**
 * What the console believes of a trust answer, after verifying all of it from the pinned root down. The server's own words
 * (`revoked`, `not_after`, names) are never believed where a signature can say it.
 */

import type { DeviceKeys } from '../e2ee/devices'
import {
  signedDecode,
  type DeviceCertificate,
  type DeviceRequest,
  type RevocationList,
  type SigningCertificate,
} from '../e2ee/signed'
import { Untrusted, type UntrustedReason } from '../e2ee/types'
import {
  TOLERANCE,
  isRevoked,
  verifyDeviceCertificate,
  verifyDeviceRequest,
  verifyRevocationList,
  verifyRotations,
  verifySigningCertificate,
} from '../e2ee/verify'
import { Reader, b64Decode, concat, sameBytes, sha256, type Bytes } from '../net/bytes'
import type { Role, StaffTrust, TrustDevice, TrustRequest } from './staff'

type DeviceState = 'good' | 'ended' | 'revoked' | 'unbelieved'

export interface SeenDevice {
  readonly id: string
  readonly deviceId: Bytes
  readonly name: string
  readonly role: Role
  /** UTC seconds. */
  readonly until: number
  readonly state: DeviceState
  readonly mine: boolean
  readonly hpkeKey: Bytes
  /** What the certificate says, also when its time is over: enough to certify the same keys again. Null where it never held, or was revoked. */
  readonly body: DeviceCertificate | null
  /** Both certificates, where the device is believed. */
  readonly chain: { readonly signing: Bytes; readonly device: Bytes } | null
}

export interface SeenRequest {
  readonly id: string
  readonly name: string
  readonly role: DeviceRequest['role']
  readonly username: string
  readonly fingerprint: string
  readonly mine: boolean
  /** Null where the request's own signature or key does not fit: nothing to certify. */
  readonly body: DeviceRequest | null
}

interface SigningSeen {
  readonly certificate: SigningCertificate
  readonly raw: Bytes
}

export interface Chain {
  readonly root: Bytes
  /** The newest list, also when it is past its time; null before the first. */
  readonly list: RevocationList | null
  readonly listRaw: Bytes | null
  /** Why nobody can be believed now, or null. */
  readonly failure: UntrustedReason | 'no_list' | null
  /** Unrevoked, the one that holds longest first: a device may have been certified again. */
  readonly signing: readonly SigningSeen[]
  readonly devices: readonly SeenDevice[]
  readonly requests: readonly SeenRequest[]
}

export interface Anchor {
  organisation: string
  /** The root that this browser believed before; null at first use. */
  pinned: Bytes | null
  /** The newest list that this browser has seen. */
  known: RevocationList | null
  /** UTC seconds. */
  now: number
}

/** Verifies a trust answer. Throws `Untrusted` where the root itself, or the list, is not to be believed. */
export async function chainRead(bundle: StaffTrust, anchor: Anchor): Promise<Chain> {
  const root = rootOf(bundle, anchor)
  const all = bundle.signing_certificates
    .flatMap((raw) => signingOf(raw, root, anchor))
    .sort((one, other) => other.certificate.notAfter - one.certificate.notAfter)
  const list = bundle.revocation_list === null ? null : listOf(bytes(bundle.revocation_list), all, anchor)
  const signing = list === null ? all : all.filter((one) => !isRevoked(list, one.certificate.deviceId))
  const fresh = list !== null && anchor.now <= list.expiresAt + TOLERANCE
  const believing = { signing, list: fresh ? list : null, now: anchor.now }
  return {
    root,
    list,
    listRaw: bundle.revocation_list === null ? null : bytes(bundle.revocation_list),
    failure: list === null ? 'no_list' : fresh ? null : 'list_stale',
    signing,
    devices: await Promise.all(
      bundle.devices.filter((one) => one.certificate !== null).map((one) => deviceOf(one, believing)),
    ),
    requests: await Promise.all(bundle.requests.map((one) => requestOf(one, anchor.organisation))),
  }
}

/** Six groups of five digits that two people can read to each other (docs/protocol.md §4). */
export async function deviceFingerprint(
  body: Pick<DeviceRequest, 'deviceId' | 'signatureKey' | 'hpkeHash'>,
): Promise<string> {
  const context = new TextEncoder().encode('quietline device v1\0')
  const reader = new Reader(await sha256(concat(context, body.deviceId, body.signatureKey, body.hpkeHash)))
  return Array.from({ length: 6 }, () => String(reader.u32() % 100_000).padStart(5, '0')).join(' ')
}

/** The same for this browser's own keys. */
export async function keysFingerprint({ deviceId, signing, sealing }: DeviceKeys): Promise<string> {
  return deviceFingerprint({ deviceId, signatureKey: signing.publicKey, hpkeHash: await sha256(sealing.publicKey) })
}

function rootOf(bundle: StaffTrust, anchor: Anchor): Bytes {
  const served = bytes(bundle.root, 32)
  const first = anchor.pinned ?? served
  const rotations = bundle.rotations.map((one) => bytes(one))
  const reached =
    anchor.pinned === null
      ? served
      : verifyRotations(rotations, { firstRoot: first, organisation: anchor.organisation, now: anchor.now })
  if (!sameBytes(reached, served)) throw new Untrusted('root')
  return served
}

function signingOf(raw: string, root: Bytes, { organisation, now }: Anchor): SigningSeen[] {
  try {
    const read = bytes(raw)
    return [{ certificate: verifySigningCertificate(read, { root, organisation, now }), raw: read }]
  } catch (error) {
    if (error instanceof Untrusted) return []
    throw error
  }
}

/** The list, verified in all but its age, which a supervisor's console must be able to look past in order to mend it. */
function listOf(raw: Bytes, signing: readonly SigningSeen[], { known, now }: Anchor): RevocationList {
  const claimed = signedDecode('revocationList', raw).body
  const issuer = signing.find((one) => sameBytes(one.certificate.deviceId, claimed.issuer))
  if (!issuer) throw new Untrusted('issuer')
  return verifyRevocationList(raw, { issuer: issuer.certificate, now: Math.min(now, claimed.expiresAt), known })
}

interface Believing {
  signing: readonly SigningSeen[]
  list: RevocationList | null
  now: number
}

async function deviceOf(seen: TrustDevice, believing: Believing): Promise<SeenDevice> {
  const hpkeKey = bytes(seen.hpke_key)
  const base = {
    id: seen.device,
    deviceId: bytes(seen.device, 16),
    name: seen.shown_name,
    role: seen.role,
    mine: seen.mine,
    hpkeKey,
  }
  const nobody = { ...base, until: seen.not_after, body: null, chain: null }
  try {
    const raw = bytes(seen.certificate ?? '')
    const claimed = signedDecode('deviceCertificate', raw).body
    const issuer = believing.signing.find((one) => sameBytes(one.certificate.deviceId, claimed.issuer))
    if (believing.list !== null && isRevoked(believing.list, base.deviceId)) return { ...nobody, state: 'revoked' }
    if (!issuer || believing.list === null) return { ...nobody, state: 'unbelieved' }
    const now = Math.min(believing.now, claimed.notAfter)
    const body = verifyDeviceCertificate(raw, { issuer: issuer.certificate, now })
    if (!sameBytes(body.deviceId, base.deviceId) || !sameBytes(body.hpkeHash, await sha256(hpkeKey)))
      throw new Untrusted('content')
    const seenAs = { ...base, name: body.shownName, role: body.role, body }
    const until = Math.min(body.notAfter, issuer.certificate.notAfter)
    if (until <= believing.now) return { ...seenAs, until, state: 'ended', chain: null }
    return { ...seenAs, until, state: 'good', chain: { signing: issuer.raw, device: raw } }
  } catch (error) {
    if (!(error instanceof Untrusted)) throw error
    return { ...nobody, state: 'unbelieved' }
  }
}

async function requestOf(seen: TrustRequest, organisation: string): Promise<SeenRequest> {
  const base = { id: seen.device, username: seen.username, mine: seen.mine }
  try {
    const body = await verifyDeviceRequest(bytes(seen.request), { organisation, hpkeKey: bytes(seen.hpke_key) })
    if (!sameBytes(body.deviceId, bytes(seen.device, 16))) throw new Untrusted('content')
    return { ...base, name: body.shownName, role: body.role, fingerprint: await deviceFingerprint(body), body }
  } catch (error) {
    if (!(error instanceof Untrusted)) throw error
    return { ...base, name: seen.username, role: 'advocate', fingerprint: '', body: null }
  }
}

function bytes(text: string, size?: number): Bytes {
  const read = b64Decode(text, size)
  if (read === null) throw new Untrusted('malformed')
  return read
}
