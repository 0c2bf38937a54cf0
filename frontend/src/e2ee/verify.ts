/**
 * What a verifier accepts (docs/protocol.md §4): signature, organisation, issuer, lifetime, times, revocation, in this order.
 * Times are seconds since 1970; `now` is the verifier's clock. Everything here throws `Untrusted`.
 */

import { concat, sameBytes, sha256, type Bytes } from '../net/bytes'
import {
  signatureCheck,
  signedDecode,
  type Body,
  type DeviceCertificate,
  type DeviceRequest,
  type IntakeKey,
  type RevocationList,
  type SigningCertificate,
} from './signed'
import { Untrusted } from './types'

/** What two honest clocks may differ by. */
export const TOLERANCE = 600
const DAY = 86_400
export const SIGNING_LIFETIME_MAX = 400 * DAY
export const DEVICE_LIFETIME_MAX = 7 * DAY
export const LIST_LIFETIME_MAX = 7 * DAY
export const INTAKE_LIFETIME_MAX = 7 * DAY

export function verifySigningCertificate(
  signed: Bytes,
  o: { root: Bytes; organisation: string; now: number },
): SigningCertificate {
  const body = signatureCheck(signedDecode('signingCertificate', signed), o.root)
  organisationCheck(body, o.organisation)
  timesCheck(body, SIGNING_LIFETIME_MAX, o.now)
  return body
}

/** `issuer` was verified before. */
export function verifyDeviceCertificate(
  signed: Bytes,
  o: { issuer: SigningCertificate; now: number },
): DeviceCertificate {
  const body = signatureCheck(signedDecode('deviceCertificate', signed), o.issuer.signatureKey)
  organisationCheck(body, o.issuer.organisation)
  issuerCheck(body, o.issuer)
  timesCheck(body, DEVICE_LIFETIME_MAX, o.now)
  return body
}

/**
 * A list is also refused where its issuer is revoked, by itself or by the list that is `known`: a stolen signing device must not
 * clear itself.
 */
export function verifyRevocationList(
  signed: Bytes,
  o: { issuer: SigningCertificate; now: number; known: RevocationList | null },
): RevocationList {
  const body = signatureCheck(signedDecode('revocationList', signed), o.issuer.signatureKey)
  organisationCheck(body, o.issuer.organisation)
  issuerCheck(body, o.issuer)
  lifetimeCheck(body.issuedAt, body.expiresAt, LIST_LIFETIME_MAX)
  if (o.now + TOLERANCE < body.issuedAt) throw new Untrusted('time')
  freshCheck(body, o.now)
  if (o.known !== null && body.number < o.known.number) throw new Untrusted('list_older')
  if (isRevoked(body, body.issuer) || (o.known !== null && isRevoked(o.known, body.issuer)))
    throw new Untrusted('revoked')
  return body
}

/** `issuer` was verified and cleared before. */
export function verifyIntakeKey(signed: Bytes, o: { issuer: DeviceCertificate; now: number }): IntakeKey {
  const body = signatureCheck(signedDecode('intakeKey', signed), o.issuer.signatureKey)
  organisationCheck(body, o.issuer.organisation)
  issuerCheck(body, o.issuer)
  timesCheck(body, INTAKE_LIFETIME_MAX, o.now)
  return body
}

/**
 * The root that the rotations lead to, each signed by the one before. Rotations from before `firstRoot` are passed over, so that
 * the whole chain may be given whatever root was pinned.
 */
export function verifyRotations(
  rotations: readonly Bytes[],
  o: { firstRoot: Bytes; organisation: string; now: number },
): Bytes {
  let root = o.firstRoot
  for (const signed of rotations) {
    const rotation = signedDecode('rootRotation', signed)
    if (!sameBytes(rotation.body.oldKey, root)) continue
    const body = signatureCheck(rotation, root)
    organisationCheck(body, o.organisation)
    if (body.at > o.now + TOLERANCE) throw new Untrusted('time')
    root = body.newKey
  }
  return root
}

/** A browser's own word for its keys. Who asks must be known otherwise. */
export async function verifyDeviceRequest(
  signed: Bytes,
  o: { organisation: string; hpkeKey: Bytes },
): Promise<DeviceRequest> {
  const request = signedDecode('deviceRequest', signed)
  const body = signatureCheck(request, request.body.signatureKey)
  organisationCheck(body, o.organisation)
  if (!sameBytes(await sha256(o.hpkeKey), body.hpkeHash)) throw new Untrusted('content')
  return body
}

export async function verifyRejoinObject(
  signed: Bytes,
  o: { rejoinKey: Bytes; keyPackage: Bytes; lastCounter: number },
): Promise<Body<'rejoin'>> {
  const body = signatureCheck(signedDecode('rejoin', signed), o.rejoinKey)
  if (!sameBytes(await sha256(o.keyPackage), body.packageHash)) throw new Untrusted('content')
  if (body.counter <= o.lastCounter) throw new Untrusted('counter')
  return body
}

/** Throws where one of `ids` is revoked, and where the list is too old to tell. */
export function cleared(newest: RevocationList, now: number, ids: readonly Bytes[]): void {
  freshCheck(newest, now)
  if (ids.some((id) => isRevoked(newest, id))) throw new Untrusted('revoked')
}

export function isRevoked(list: RevocationList, id: Bytes): boolean {
  return list.revoked.some((one) => sameBytes(one, id))
}

/** What the ids of intake keys made under this list begin with (docs/protocol.md §5): 8 bytes. */
export async function revocationMark(list: Pick<RevocationList, 'revoked'>): Promise<Bytes> {
  const context = new TextEncoder().encode('quietline intake mark v1\0')
  return (await sha256(concat(context, ...list.revoked))).slice(0, 8)
}

/** Throws unless now lies inside the times, and they are not further apart than `longest`. */
export function timesCheck(body: { notBefore: number; notAfter: number }, longest: number, now: number): void {
  lifetimeCheck(body.notBefore, body.notAfter, longest)
  if (now + TOLERANCE < body.notBefore || now > body.notAfter + TOLERANCE) throw new Untrusted('time')
}

function lifetimeCheck(from: number, to: number, longest: number): void {
  if (to < from || to - from > longest) throw new Untrusted('lifetime')
}

function freshCheck(list: RevocationList, now: number): void {
  if (now > list.expiresAt + TOLERANCE) throw new Untrusted('list_stale')
}

function organisationCheck(body: { organisation: string }, expected: string): void {
  if (body.organisation !== expected) throw new Untrusted('organisation')
}

function issuerCheck(body: { issuer: Bytes }, expected: { deviceId: Bytes }): void {
  if (!sameBytes(body.issuer, expected.deviceId)) throw new Untrusted('issuer')
}
