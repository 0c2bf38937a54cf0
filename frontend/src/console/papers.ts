/** A signing device's papers: the root's certificate that it gets, the certificates and revocation lists that it signs. The clock is handed in. */

import type { DeviceKeys } from '../e2ee/devices'
import {
  bytesCompare,
  signedEncode,
  type DeviceRequest,
  type RevocationList,
  type SigningCertificate,
} from '../e2ee/signed'
import { Untrusted } from '../e2ee/types'
import { DEVICE_LIFETIME_MAX, LIST_LIFETIME_MAX, verifySigningCertificate } from '../e2ee/verify'
import { sameBytes, type Bytes } from '../net/bytes'
import { DAY } from './intake_plan'
import { ConsoleRefusal, type Role } from './staff'

/** A list with less than this left is issued anew: a supervisor who logs in every second day keeps everybody at work. */
export const LIST_RENEW = 5 * DAY

/** Whom a certificate is for. */
export type Subject = Pick<DeviceRequest, 'deviceId' | 'signatureKey' | 'hpkeHash' | 'shownName'> & {
  readonly role: Role
}

export interface Signer {
  readonly keys: DeviceKeys
  readonly organisation: string
  /** UTC seconds. */
  readonly now: number
}

/** The root's certificate for a signing device. Throws `ConsoleRefusal`, which tells what to do about it. */
export function signingCertificateRead(
  raw: Bytes,
  expected: { root: Bytes; organisation: string; now: number },
): SigningCertificate {
  try {
    return verifySigningCertificate(raw, expected)
  } catch (error) {
    if (!(error instanceof Untrusted)) throw error
    throw new ConsoleRefusal(error.reason === 'signature' ? 'wrong_root' : 'wrong_certificate')
  }
}

/** Signed object 2, valid from now for as long as one may be. */
export function certificateFor(subject: Subject, { keys, organisation, now }: Signer): Bytes {
  const { deviceId, signatureKey, hpkeHash, shownName, role } = subject
  const times = { notBefore: now, notAfter: now + DEVICE_LIFETIME_MAX }
  const body = { organisation, deviceId, signatureKey, hpkeHash, role, shownName, ...times, issuer: keys.deviceId }
  return signedEncode('deviceCertificate', body, keys.signing.privateKey)
}

/** Signed object 3, the next one: whoever was revoked stays revoked. */
export function listNext(
  previous: RevocationList | null,
  revoke: readonly Bytes[],
  { keys, organisation, now }: Signer,
): Bytes {
  const before = previous?.revoked ?? []
  const added = revoke.filter((id) => !before.some((one) => sameBytes(one, id)))
  const body = {
    organisation,
    number: (previous?.number ?? 0) + 1,
    issuedAt: now,
    expiresAt: now + LIST_LIFETIME_MAX,
    revoked: [...before, ...added].sort(bytesCompare),
    issuer: keys.deviceId,
  }
  return signedEncode('revocationList', body, keys.signing.privateKey)
}

/** Whether a new list is to be issued although nobody is to be revoked. `now` are UTC seconds. */
export function listIsDue(list: RevocationList | null, now: number): boolean {
  return list === null || list.expiresAt - now < LIST_RENEW
}
