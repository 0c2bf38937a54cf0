/**
 * Which intake keys are missing, as pure arithmetic: one key for today and each of the next six days (UTC).
 *
 * A key's id tells under which revocations it was made: its first half is a hash of the revoked ids. After a revocation the
 * hash is another one, so every console sees by itself that the old keys, which the revoked device could open, must be replaced.
 */

import { concat, randomBytes, sameBytes, type Bytes } from '../net/bytes'

export const DAY = 86_400
export const DAYS_AHEAD = 7
const HALF = 8

export interface Span {
  notBefore: number
  notAfter: number
}

/** An intake key that exists, by what its verified signed object says (seconds, UTC). */
export interface KnownKey extends Span {
  keyId: Bytes
  /** When the certificate of the device that signed it ends: from then on nobody believes the key. */
  issuerUntil: number
}

/** The days from today on, each from midnight to midnight UTC. */
export function daysAhead(now: number): Span[] {
  const today = Math.floor(now / DAY) * DAY
  return Array.from({ length: DAYS_AHEAD }, (_, day) => ({
    notBefore: today + day * DAY,
    notAfter: today + (day + 1) * DAY,
  }))
}

/** A fresh key id under these revocations. */
export function keyIdNew(mark: Bytes): Bytes {
  return concat(mark, randomBytes(16 - HALF))
}

/** Whether a key was made under these revocations. */
export function keyIdFits(keyId: Bytes, mark: Bytes): boolean {
  return sameBytes(keyId.slice(0, HALF), mark)
}

/**
 * The days ahead for which a device certified until `until` should make a key: there is none made under `mark`, or only one
 * that stops being believed earlier than this device's own would. `now` and `until` are seconds.
 */
export function spansMissing(keys: readonly KnownKey[], mark: Bytes, now: number, until: number): Span[] {
  const good = keys.filter((key) => keyIdFits(key.keyId, mark))
  const serves = (key: KnownKey, day: Span): boolean =>
    key.notBefore <= Math.max(day.notBefore, now) &&
    key.notAfter >= day.notAfter &&
    key.issuerUntil >= Math.min(day.notAfter, until)
  return daysAhead(now).filter((day) => day.notBefore < until && !good.some((key) => serves(key, day)))
}
