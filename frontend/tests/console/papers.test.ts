import { describe, expect, it } from 'vitest'
import { certificateFor, LIST_RENEW, listIsDue, listNext } from '../../src/console/papers'
import { deviceKeys } from '../../src/e2ee/devices'
import { signedDecode } from '../../src/e2ee/signed'
import { DEVICE_LIFETIME_MAX, verifyDeviceCertificate, verifyRevocationList } from '../../src/e2ee/verify'
import { sha256, type Bytes } from '../../src/net/bytes'

const now = 1_790_000_000
const organisation = 'casa-clara'
const keys = await deviceKeys()
const signer = { keys, organisation, now }
const times = { notBefore: now - 60, notAfter: now + 86_400 }
const issuer = { organisation, deviceId: keys.deviceId, signatureKey: keys.signing.publicKey, ...times }
const id = (value: number): Bytes => new Uint8Array(16).fill(value)

describe('a certificate', () => {
  it('holds for the longest that a verifier accepts, and says what was asked', async () => {
    const asked = await deviceKeys()
    const subject = {
      deviceId: asked.deviceId,
      signatureKey: asked.signing.publicKey,
      hpkeHash: await sha256(asked.sealing.publicKey),
      shownName: 'Ana',
      role: 'advocate',
    } as const
    const body = verifyDeviceCertificate(certificateFor(subject, signer), { issuer, now })
    expect(body).toEqual({
      ...subject,
      organisation,
      issuer: keys.deviceId,
      notBefore: now,
      notAfter: now + DEVICE_LIFETIME_MAX,
    })
  })
})

describe('a revocation list', () => {
  it('begins at one, counts up, and never forgets who was revoked', () => {
    const first = verifyRevocationList(listNext(null, [id(5)], signer), { issuer, now, known: null })
    expect([first.number, first.revoked]).toEqual([1, [id(5)]])
    const second = verifyRevocationList(listNext(first, [id(9), id(2), id(5)], signer), { issuer, now, known: first })
    expect([second.number, second.revoked]).toEqual([2, [id(2), id(5), id(9)]])
    const third = signedDecode('revocationList', listNext(second, [], signer)).body
    expect([third.number, third.revoked]).toEqual([3, second.revoked])
  })

  it('is due where there is none, and days before its end', () => {
    const list = signedDecode('revocationList', listNext(null, [], signer)).body
    expect(listIsDue(null, now)).toBe(true)
    expect(listIsDue(list, now)).toBe(false)
    expect(listIsDue(list, list.expiresAt - LIST_RENEW)).toBe(false)
    expect(listIsDue(list, list.expiresAt - LIST_RENEW + 1)).toBe(true)
  })
})
