import { describe, expect, it } from 'vitest'
import { signingKeys } from '../../src/e2ee/ed25519'
import { pseudonymKeyPackage } from '../../src/e2ee/keypackage'
import { rootFingerprint, verifyTrust, type TrustBundle, type VerifyTrust } from '../../src/e2ee/trust'
import { Untrusted } from '../../src/e2ee/types'
import { verifyDeviceCertificate, verifySigningCertificate } from '../../src/e2ee/verify'
import { b64Encode, concat, randomBytes } from '../../src/net/bytes'
import { choices } from '../support/random'
import { DAY, NOW, Organisation, SLUG, now } from './cast'
import { raw } from './vectors'

const verify = (bundle: TrustBundle, o: Partial<VerifyTrust> = {}) =>
  verifyTrust(bundle, { slug: SLUG, pin: null, lastList: null, now: NOW, ...o })

const refusal = (trust: Promise<unknown>): Promise<unknown> =>
  trust.then(
    () => 'believed',
    (error: unknown) => (error instanceof Untrusted ? error.reason : error),
  )

describe('whom the app believes', () => {
  it('is the root of the link: by its fingerprint', async () => {
    const organisation = new Organisation()
    const pin = { fingerprint: await rootFingerprint(organisation.root.publicKey) }
    const trust = await verify(organisation.bundle(), { pin })
    expect(trust.root).toEqual(organisation.root.publicKey)
    expect(trust.firstUse).toBe(false)
    expect(await refusal(verify(new Organisation().bundle(), { pin }))).toBe('root')
  })

  it('is the root that was kept', async () => {
    const organisation = new Organisation()
    const pin = { root: organisation.root.publicKey }
    expect((await verify(organisation.bundle(), { pin })).firstUse).toBe(false)
    expect(await refusal(verify(new Organisation().bundle(), { pin }))).toBe('root')
  })

  it('is else whoever the server names, and it says so', async () => {
    const trust = await verify(new Organisation().bundle())
    expect(trust.firstUse).toBe(true)
    // The limit of first use: another root under the same name cannot be noticed.
    expect((await verify(new Organisation().bundle())).firstUse).toBe(true)
  })

  it('follows a rotation that the old root signed, from every pin on the way', async () => {
    const before = new Organisation()
    const [next, last] = [signingKeys(), signingKeys()]
    const after = new Organisation({ root: last })
    const rotations = [before.rotation(next), before.rotation(last, { oldKey: next.publicKey }, next)].map(b64Encode)
    const bundle = after.bundle({ rotations })
    for (const key of [before.root.publicKey, next.publicKey, last.publicKey]) {
      expect((await verify(bundle, { pin: { root: key } })).root).toEqual(last.publicKey)
      expect((await verify(bundle, { pin: { fingerprint: await rootFingerprint(key) } })).root).toEqual(last.publicKey)
    }
    expect(await refusal(verify(bundle, { pin: { root: signingKeys().publicKey } }))).toBe('root')
  })

  it('does not follow a rotation that the new root signed, or one from the future, or of another organisation', async () => {
    const before = new Organisation()
    const next = signingKeys()
    const after = new Organisation({ root: next })
    const pin = { root: before.root.publicKey }
    const cases = [
      [before.rotation(next, {}, { ...next, publicKey: before.root.publicKey }), 'signature'],
      [before.rotation(next, { at: NOW + 601 }), 'time'],
      [before.rotation(next, { organisation: 'another' }), 'organisation'],
    ] as const
    for (const [rotation, reason] of cases) {
      expect(await refusal(verify(after.bundle({ rotations: [b64Encode(rotation)] }), { pin }))).toBe(reason)
    }
    expect(await refusal(verify(after.bundle(), { pin }))).toBe('root')
  })

  it('is no root of small order, which any signature would fit', async () => {
    const organisation = new Organisation()
    const root = b64Encode(concat(Uint8Array.of(1), new Uint8Array(31)))
    expect(await refusal(verify(organisation.bundle({ root })))).toBe('key')
  })
})

describe('the revocation list', () => {
  it('may not be older than the one that was accepted last', async () => {
    const organisation = new Organisation()
    const [older, newer] = [organisation.list({ number: 4 }), organisation.list({ number: 5 })]
    const served = (list: Uint8Array) => organisation.bundle({ revocation_list: b64Encode(list) })
    const first = await verify(served(newer))
    expect(await refusal(verify(served(older), { lastList: first.listSigned }))).toBe('list_older')
    expect((await verify(served(newer), { lastList: first.listSigned })).list.number).toBe(5)
  })

  it('may not be past its end: then nobody is believed', async () => {
    const organisation = new Organisation()
    expect(await refusal(verify(organisation.bundle(), { now: NOW + 7 * DAY + 600 }))).toBe('believed')
    expect(await refusal(verify(organisation.bundle(), { now: NOW + 7 * DAY + 601 }))).toBe('list_stale')
  })

  it('may not be by a signing device that it revokes itself, that the last one revoked, or that nobody certified', async () => {
    const organisation = new Organisation()
    const { signing } = organisation
    const served = (list: Uint8Array) => organisation.bundle({ revocation_list: b64Encode(list) })
    expect(await refusal(verify(served(organisation.list({ revoked: [signing.id] }))))).toBe('revoked')

    const other = organisation.signingDevice()
    const certificates = [signing, other].map(({ certificate }) => b64Encode(certificate))
    const lastList = organisation.list({ number: 7, revoked: [signing.id] }, other)
    const clearing = { ...served(organisation.list({ number: 8 })), signing_certificates: certificates }
    expect(await refusal(verify(clearing, { lastList }))).toBe('revoked')

    const stranger = new Organisation()
    expect(await refusal(verify(served(stranger.list())))).toBe('issuer')
    expect(await refusal(verify(organisation.bundle({ signing_certificates: [] })))).toBe('issuer')
  })

  it('holds although one of the certificates beside it does not', async () => {
    const organisation = new Organisation()
    const certificates = [new Organisation().signing.certificate, organisation.signing.certificate].map(b64Encode)
    await expect(verify(organisation.bundle({ signing_certificates: certificates }))).resolves.toBeDefined()
  })
})

describe('the intake key', () => {
  it('is believed with its whole chain', async () => {
    const organisation = new Organisation()
    const { served, keys } = await organisation.intake()
    const trust = await verify(organisation.bundle({ intake: served }))
    expect(trust.intake!.hpkeKey).toEqual(keys.publicKey)
    expect(trust.intakeRefused).toBeNull()
  })

  it('is absent where nobody prepared one, which is no refusal', async () => {
    const trust = await verify(new Organisation().bundle())
    expect([trust.intake, trust.intakeRefused]).toEqual([null, null])
  })

  it.each([
    ['ended', async (o: Organisation) => o.intake({ notBefore: NOW - 2 * DAY, notAfter: NOW - DAY }), 'time'],
    ['is for too long', async (o: Organisation) => o.intake({ notAfter: NOW + 8 * DAY }), 'lifetime'],
    ['is of another organisation', async (o: Organisation) => o.intake({ organisation: 'another' }), 'organisation'],
    ['names another device', async (o: Organisation) => o.intake({ issuer: randomBytes(16) }), 'issuer'],
    ['was signed by a stranger', async () => new Organisation().intake(), 'signature'],
    [
      'was made before the newest revocation',
      async (o: Organisation) => o.intake({ keyId: randomBytes(16) }),
      'revoked',
    ],
  ] as const)('is refused where it %s, and the rest of the answer holds', async (_, made, reason) => {
    const organisation = new Organisation()
    const { served } = await made(organisation)
    const trust = await verify(organisation.bundle({ intake: served }))
    expect([trust.intake, trust.intakeRefused]).toEqual([null, reason])
  })

  it('is refused where its device was revoked, and taken from another device under the same list', async () => {
    const organisation = new Organisation()
    const [revoked, other] = [organisation.device(), organisation.device()]
    const list = b64Encode(organisation.list({ revoked: [revoked.id] }))
    const [bad, good] = await Promise.all(
      [revoked, other].map((device) => organisation.intake({ device, revoked: [revoked.id] })),
    )
    const refused = await verify(organisation.bundle({ revocation_list: list, intake: bad!.served }))
    expect(refused.intakeRefused).toBe('revoked')
    const taken = await verify(organisation.bundle({ revocation_list: list, intake: good!.served }))
    expect(taken.intake).not.toBeNull()
  })
})

describe('an answer that is nonsense', () => {
  it.each([
    ['a root that is too short', { root: b64Encode(randomBytes(31)) }],
    ['a root that is not base64url', { root: '%%%' }],
    ['a list that is noise', { revocation_list: b64Encode(randomBytes(200)) }],
    ['certificates that are no list', { signing_certificates: 'none' as never }],
    ['rotations that are numbers', { rotations: [1] as never }],
  ])('is malformed: %s', async (_, change) => {
    expect(await refusal(verify(new Organisation().bundle(change)))).toBe('malformed')
  })

  it('with any byte changed is never believed for something else, and never throws anything but Untrusted', async () => {
    const organisation = new Organisation()
    const { served } = await organisation.intake()
    const honest = organisation.bundle({ intake: served })
    const good = await verify(honest, { pin: { root: organisation.root.publicKey } })
    const random = choices(3)
    for (let round = 0; round < 60; round++) {
      const field = random.pick([
        'root',
        'revocation_list',
        'signing_certificates',
        'key',
        'device_certificate',
      ] as const)
      const bundle = structuredClone(honest) as { -readonly [F in keyof TrustBundle]: TrustBundle[F] }
      if (field === 'root' || field === 'revocation_list') bundle[field] = b64Encode(random.mangle(raw(honest[field])))
      else if (field === 'signing_certificates')
        bundle.signing_certificates = [b64Encode(random.mangle(raw(honest.signing_certificates[0]!)))]
      else bundle.intake = { ...honest.intake!, [field]: b64Encode(random.mangle(raw(honest.intake![field]))) }
      const trust = await verify(bundle, { pin: { root: organisation.root.publicKey } }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Untrusted)
        return null
      })
      if (trust === null) continue
      expect(trust.root).toEqual(good.root)
      expect(trust.listSigned).toEqual(good.listSigned)
      if (trust.intake !== null) expect(trust.intake).toEqual(good.intake)
    }
  })
})

describe('the policy', () => {
  it('admits certified staff by name and the pseudonyms that were named, and nobody else', async () => {
    const organisation = new Organisation()
    const [named, stranger] = [await pseudonymKeyPackage(now), await pseudonymKeyPackage(now)]
    const policy = await organisation.policy({ pseudonyms: [named] })
    const advocate = organisation.staff({ shownName: 'Ágata Núñez', role: 'supervisor' })
    expect((await policy.admit(advocate)).identity).toMatchObject({
      kind: 'staff',
      name: 'Ágata Núñez',
      role: 'supervisor',
    })
    expect((await policy.admit(named)).identity.kind).toBe('pseudonym')
    for (const leaf of [
      stranger,
      { ...named, signatureKey: stranger.signatureKey },
      { ...named, identity: stranger.identity },
    ]) {
      expect(await refusal(policy.admit(leaf))).toBe('stranger')
    }
  })

  it('remembers signatures, never the verdict: time goes on and lists come', async () => {
    const organisation = new Organisation()
    const advocate = organisation.staff()
    let clock = NOW
    const policy = await organisation.policy({ at: () => clock })
    await policy.admit(advocate)
    await policy.admit(advocate)
    clock = NOW + 7 * DAY + 601
    expect(await refusal(policy.admit(advocate))).toBe('time')
    expect(await refusal((await organisation.policy({ revoked: [advocate.deviceId] })).admit(advocate))).toBe('revoked')
  })

  it('admits nobody any more once its list is too old to tell, also whom it remembers', async () => {
    const organisation = new Organisation()
    const advocate = organisation.staff()
    let clock = NOW
    const served = organisation.bundle({ revocation_list: b64Encode(organisation.list({ expiresAt: NOW + DAY })) })
    const policy = (await verify(served)).policy({ now: () => clock })
    await policy.admit(advocate)
    clock = NOW + DAY + 600
    await policy.admit(advocate)
    clock += 1
    expect(await refusal(policy.admit(advocate))).toBe('list_stale')
  })

  it('does not take a remembered chain for another leaf key', async () => {
    const organisation = new Organisation()
    const advocate = organisation.staff()
    const policy = await organisation.policy()
    await policy.admit(advocate)
    const thief = { identity: advocate.identity, signatureKey: signingKeys().publicKey }
    expect(await refusal(policy.admit(thief))).toBe('content')
    expect(await refusal(policy.admit(thief))).toBe('content')
  })

  it.each([
    ['empty', new Uint8Array()],
    ['of an unknown kind', concat(Uint8Array.of(3), randomBytes(16))],
    ['a pseudonym that is too short', concat(Uint8Array.of(2), randomBytes(15))],
  ])('does not admit an identity that is %s', async (_, identity) => {
    const policy = await new Organisation().policy()
    expect(await refusal(policy.admit({ identity, signatureKey: signingKeys().publicKey }))).toBe('stranger')
  })
})

describe('a certificate', () => {
  it('is bound to its issuer: the certificates of two signing devices cannot be swapped', () => {
    const organisation = new Organisation()
    const other = organisation.signingDevice()
    const device = organisation.device({}, other)
    const issuer = verifySigningCertificate(organisation.signing.certificate, {
      root: organisation.root.publicKey,
      organisation: SLUG,
      now: NOW,
    })
    expect(() => verifyDeviceCertificate(device.certificate, { issuer, now: NOW })).toThrow(new Untrusted('signature'))
  })
})
