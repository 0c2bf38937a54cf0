/** The shared vectors: whoever believes or refuses otherwise than this file is no client of ours (tests/staff/test_trust_vectors.py). */

import { describe, expect, it } from 'vitest'
import { signedDecode, bodyEncode, signedEncode, type Body, type Kind } from '../../src/e2ee/signed'
import { publicKeyOf } from '../../src/e2ee/ed25519'
import { sealingPublicKeyOf } from '../../src/e2ee/hpke'
import { verifyStaffIdentity } from '../../src/e2ee/identity'
import { fingerprintGroups, fingerprintRead, fingerprintText, rootFingerprint } from '../../src/e2ee/trust'
import { Untrusted } from '../../src/e2ee/types'
import {
  verifyDeviceCertificate,
  verifyDeviceRequest,
  verifyIntakeKey,
  verifyRejoinObject,
  verifyRevocationList,
  verifyRotations,
  verifySigningCertificate,
} from '../../src/e2ee/verify'
import { b64Encode, type Bytes } from '../../src/net/bytes'
import { raw, vectorFile } from './vectors'

interface Case {
  readonly check: string
  readonly name: string
  readonly signed?: string
  readonly rotations?: readonly string[]
  readonly outcome: string
  readonly with: Readonly<Record<string, string | number | null>>
  readonly root?: string
  readonly fields?: Readonly<Record<string, unknown>>
}

interface File {
  readonly now: number
  readonly organisation: string
  readonly keys: Readonly<Record<string, { seed: string; public: string; device_id: string }>>
  readonly hpke: Readonly<Record<string, { seed: string; public: string }>>
  readonly fingerprint: { readonly of: string; readonly b64: string; readonly groups: string }
  readonly cases: readonly Case[]
}

const file = vectorFile<File>('trust')

const KINDS: Readonly<Record<string, Kind>> = {
  signing_certificate: 'signingCertificate',
  device_certificate: 'deviceCertificate',
  revocation_list: 'revocationList',
  intake_key: 'intakeKey',
  device_request: 'deviceRequest',
  rejoin: 'rejoin',
}

/** Runs a case as its `check` says. Throws what the verifier throws. */
async function check(one: Case): Promise<unknown> {
  const given = (name: string): Bytes => raw(String(one.with[name]))
  const now = Number(one.with['now'])
  const organisation = String(one.with['organisation'])
  const signed = raw(one.signed ?? '')
  const signing = (name: string) => signedDecode('signingCertificate', given(name)).body
  switch (one.check) {
    case 'signing_certificate':
      return verifySigningCertificate(signed, { root: given('root'), organisation, now })
    case 'device_certificate':
      return verifyDeviceCertificate(signed, { issuer: signing('issuer'), now })
    case 'revocation_list': {
      const known = one.with['known'] === null ? null : signedDecode('revocationList', given('known')).body
      return verifyRevocationList(signed, { issuer: signing('issuer'), now, known })
    }
    case 'intake_key': {
      const issuer = verifyDeviceCertificate(given('issuer'), { issuer: signing('signing'), now: file.now })
      return verifyIntakeKey(signed, { issuer, now })
    }
    case 'rotations':
      return verifyRotations((one.rotations ?? []).map(raw), { firstRoot: given('first_root'), organisation, now })
    case 'device_request':
      return verifyDeviceRequest(signed, { organisation, hpkeKey: given('hpke_key') })
    case 'rejoin': {
      const lastCounter = Number(one.with['last_counter'])
      const o = { rejoinKey: given('rejoin_key'), keyPackage: given('key_package'), lastCounter }
      return verifyRejoinObject(signed, o)
    }
    case 'staff_identity': {
      const newest = signedDecode('revocationList', given('newest')).body
      const leaf = { identity: signed, signatureKey: given('signature_key') }
      return verifyStaffIdentity(leaf, { root: given('root'), organisation, newest, now })
    }
    default:
      throw new Error(one.check)
  }
}

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** A field as the file writes it. */
function shown(value: unknown): unknown {
  if (value instanceof Uint8Array) return b64Encode(value)
  return Array.isArray(value) ? value.map(shown) : value
}

describe('the vectors of the trust chain', () => {
  it.each(file.cases.map((one) => [`${one.check}: ${one.name}`, one] as const))('%s', async (_, one) => {
    if (one.outcome !== 'ok') {
      const refused = await Promise.resolve()
        .then(() => check(one))
        .then(
          () => 'believed',
          (error: unknown) => (error instanceof Untrusted ? `trust.${error.reason}` : error),
        )
      expect(refused).toBe(one.outcome)
      return
    }
    const found = await check(one)
    if (one.check === 'rotations') expect(b64Encode(found as Bytes)).toBe(one.root)
    for (const [name, value] of Object.entries(one.fields ?? {})) {
      if (name !== 'KIND') expect(shown((found as Record<string, unknown>)[camel(name)])).toEqual(value)
    }
  })

  it('cover every kind of object, and as many refusals as acceptances', () => {
    expect(new Set(file.cases.map((one) => one.check))).toEqual(
      new Set([...Object.keys(KINDS), 'rotations', 'staff_identity']),
    )
    const refused = file.cases.filter((one) => one.outcome !== 'ok').length
    expect(refused).toBeGreaterThan(file.cases.length / 2)
  })

  it('are encoded to the same bytes here, and signed to the same signature', () => {
    const by: Readonly<Record<string, string>> = {
      signing_certificate: 'root',
      device_certificate: 'signing',
      revocation_list: 'signing',
      intake_key: 'advocate',
      device_request: 'advocate',
      rejoin: 'rejoin',
    }
    const signed = file.cases.filter((one) => one.outcome === 'ok' && one.check in KINDS)
    expect(signed.length).toBeGreaterThan(10)
    for (const one of signed) {
      const kind = KINDS[one.check]!
      const original = raw(one.signed!)
      const { body, rawBody } = signedDecode(kind, original)
      expect(b64Encode(bodyEncode(kind, body as Body<typeof kind>))).toBe(b64Encode(rawBody))
      const key = raw(file.keys[by[one.check]!]!.seed)
      const again = signedEncode(kind, body as Body<typeof kind>, key)
      expect(b64Encode(again)).toBe(one.signed)
    }
  })

  it('have the keys of their seeds', async () => {
    for (const { seed, public: key } of Object.values(file.keys)) expect(b64Encode(publicKeyOf(raw(seed)))).toBe(key)
    for (const { seed, public: key } of Object.values(file.hpke)) {
      expect(b64Encode(await sealingPublicKeyOf(raw(seed)))).toBe(key)
    }
  })

  it('show a root by the same fingerprint, which is read back from every form', async () => {
    const fingerprint = await rootFingerprint(raw(file.keys[file.fingerprint.of]!.public))
    expect(fingerprintText(fingerprint)).toBe(file.fingerprint.b64)
    expect(fingerprintGroups(fingerprint)).toBe(file.fingerprint.groups)
    for (const form of [
      file.fingerprint.b64,
      file.fingerprint.groups,
      file.fingerprint.groups.toLowerCase(),
      file.fingerprint.groups.replaceAll(' ', ''),
      file.fingerprint.groups.replaceAll(' ', '-'),
    ]) {
      expect(fingerprintRead(form)).toEqual(fingerprint)
    }
    for (const no of ['', 'AAAA', `${file.fingerprint.groups} A`, file.fingerprint.b64.slice(1), '1'.repeat(32)]) {
      expect(fingerprintRead(no)).toBeNull()
    }
  })
})
