/**
 * Which intake keys are missing, as pure arithmetic: one key for today and each of the next six days (UTC).
 *
 * A key's id tells under which revocations it was made: its first half is a hash of the revoked ids. After a revocation the
 * hash is another one, so every console sees by itself that the old keys, which the revoked device could open, must be replaced.
 */

import { b64Encode, concat, randomBytes, sha256, type Bytes } from '../net/bytes'

export const DAY = 86_400
export const DAYS_AHEAD = 7
/** How long a sealed note may wait to be read, and so how long private halves are needed after their day. */
export const LONGEST_WAIT = 72 * 3600
const HALF = 8

export interface Span {
  notBefore: number
  notAfter: number
}

/** An intake key that exists, by what its signed object says (seconds, UTC). */
export interface KnownKey extends Span {
  keyId: Bytes
}

/** The days from today on, each from midnight to midnight UTC. */
export function daysAhead(now: number): Span[] {
  const today = Math.floor(now / DAY) * DAY
  return Array.from({ length: DAYS_AHEAD }, (_, day) => ({ notBefore: today + day * DAY, notAfter: today + (day + 1) * DAY }))
}

/** What the ids of keys made under these revocations begin with. */
export async function revocationMark(revoked: readonly Bytes[]): Promise<Bytes> {
  const sorted = [...revoked].sort((a, b) => (hex(a) < hex(b) ? -1 : 1))
  return (await sha256(concat(new TextEncoder().encode('quietline intake mark v1\0'), ...sorted))).slice(0, HALF)
}

/** A fresh key id under these revocations. */
export function keyIdNew(mark: Bytes): Bytes {
  return concat(mark, randomBytes(16 - HALF))
}

/** Whether a key was made under these revocations. */
export function keyIdFits(keyId: Bytes, mark: Bytes): boolean {
  return b64Encode(keyId.slice(0, HALF)) === b64Encode(mark)
}

/** The days ahead for which no key exists that was made under `mark`. `now` are seconds. */
export function spansMissing(keys: readonly KnownKey[], mark: Bytes, now: number): Span[] {
  const good = keys.filter((key) => keyIdFits(key.keyId, mark))
  return daysAhead(now).filter(
    (day) => !good.some((key) => key.notBefore <= Math.max(day.notBefore, now) && key.notAfter >= day.notAfter),
  )
}

function hex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
