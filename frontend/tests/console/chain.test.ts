import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chainRead, deviceFingerprint, type Anchor } from '../../src/console/chain'
import type { StaffTrust, TrustDevice } from '../../src/console/staff'
import { signedDecode, signedEncode, type Body, type Kind } from '../../src/e2ee/signed'
import { Untrusted } from '../../src/e2ee/types'
import { b64Decode, b64Encode, sha256, type Bytes } from '../../src/net/bytes'

interface Vectors {
  now: number
  organisation: string
  keys: Record<string, { seed: string; public: string; device_id: string }>
  hpke: Record<string, { public: string }>
  cases: { check: string; name: string; signed: string; outcome: string }[]
}
const vectors = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/trust.json', import.meta.url), 'utf8'),
) as Vectors
const { organisation, now } = vectors
const DAY = 86_400
const raw = (text: string): Bytes => b64Decode(text) as Bytes
const key = (name: string): { seed: Bytes; public: Bytes; id: Bytes } => {
  const found = vectors.keys[name]!
  return { seed: raw(found.seed), public: raw(found.public), id: raw(found.device_id) }
}
const hpkeKey = raw(vectors.hpke['advocate']!.public)
const good = (check: string): string => {
  const found = vectors.cases.find((one) => one.check === check && one.outcome === 'ok')
  if (found === undefined) throw new Error(`no good ${check} among the vectors`)
  return found.signed
}
const signed = <K extends Kind>(kind: K, body: Body<K>, by: string): string =>
  b64Encode(signedEncode(kind, body, key(by).seed))

const list = (number: number, o: { revoked?: Bytes[]; expires?: number } = {}): string =>
  signed(
    'revocationList',
    {
      organisation,
      number,
      issuedAt: now - DAY,
      expiresAt: o.expires ?? now + DAY,
      revoked: o.revoked ?? [],
      issuer: key('signing').id,
    },
    'signing',
  )
const certificate = async (change: Partial<Body<'deviceCertificate'>> = {}, by = 'signing'): Promise<string> =>
  signed(
    'deviceCertificate',
    {
      organisation,
      deviceId: key('advocate').id,
      signatureKey: key('advocate').public,
      hpkeHash: await sha256(hpkeKey),
      role: 'advocate',
      shownName: 'Ana',
      notBefore: now - DAY,
      notAfter: now + DAY,
      issuer: key(by).id,
      ...change,
    },
    by,
  )
const device = (text: string, change: Partial<TrustDevice> = {}): TrustDevice => ({
  device: b64Encode(key('advocate').id),
  role: 'supervisor',
  shown_name: 'what the server says',
  certificate: text,
  hpke_key: b64Encode(hpkeKey),
  not_after: now + 99 * DAY,
  revoked: false,
  mine: true,
  ...change,
})
const bundle = (change: Partial<StaffTrust> = {}): StaffTrust => ({
  root: b64Encode(key('root').public),
  rotations: [],
  revocation_list: list(7),
  signing_certificates: [good('signing_certificate')],
  intake: null,
  time: now,
  devices: [],
  requests: [],
  ...change,
})
const anchor = (change: Partial<Anchor> = {}): Anchor => ({ organisation, pinned: null, known: null, now, ...change })
const stateOf = async (one: TrustDevice, change: Partial<StaffTrust> = {}) =>
  (await chainRead(bundle({ devices: [one], ...change }), anchor())).devices[0]
const refusal = (read: Promise<unknown>): Promise<string> =>
  read.then(
    () => 'believed',
    (error: unknown) => (error instanceof Untrusted ? error.reason : 'another error'),
  )

describe('the chain', () => {
  it('believes the vectors that every client believes', async () => {
    const chain = await chainRead(bundle(), anchor())
    expect(chain.signing).toHaveLength(1)
    expect([chain.list?.number, chain.failure]).toEqual([7, null])
  })

  it('leaves out each signing certificate that the vectors refuse', async () => {
    const refused = vectors.cases.filter((one) => one.check === 'signing_certificate' && one.outcome !== 'ok')
    expect(refused.length).toBeGreaterThan(3)
    const served = [good('signing_certificate'), ...refused.map((one) => one.signed)]
    const chain = await chainRead(bundle({ signing_certificates: served }), anchor())
    const ok = vectors.cases.filter((one) => one.outcome === 'ok').map((one) => one.signed)
    const seen = chain.signing.map((one) => b64Encode(one.raw))
    expect(seen).toContain(good('signing_certificate'))
    expect(seen.filter((one) => !ok.includes(one))).toEqual([])
  })

  it('takes the certificate’s word for a name and an end, never the server’s', async () => {
    const seen = await stateOf(device(await certificate()))
    expect(seen).toMatchObject({ state: 'good', name: 'Ana', role: 'advocate', until: now + DAY })
    expect(seen?.chain).not.toBeNull()
  })

  it('knows a revoked device by the list, whatever the server says of it', async () => {
    const revoked = { revocation_list: list(7, { revoked: [key('advocate').id] }) }
    expect(await stateOf(device(await certificate()), revoked)).toMatchObject({
      state: 'revoked',
      chain: null,
      body: null,
    })
  })

  it('keeps what an ended certificate says, so that it can be renewed, and gives nobody its chain', async () => {
    const ended = await stateOf(device(await certificate({ notBefore: now - 3 * DAY, notAfter: now - 1 })))
    expect(ended).toMatchObject({ state: 'ended', chain: null })
    expect(ended?.body?.shownName).toBe('Ana')
  })

  it.each([
    ['another sealing key', () => certificate(), { hpke_key: b64Encode(new Uint8Array(1216)) }],
    ['another device', () => certificate(), { device: b64Encode(new Uint8Array(16)) }],
    ['a longer life than seven days', () => certificate({ notBefore: now - 8 * DAY, notAfter: now + DAY }), {}],
    ['another organisation', () => certificate({ organisation: 'elsewhere' }), {}],
    ['an issuer that nobody vouches for', () => certificate({}, 'stranger'), {}],
  ])('believes no certificate with %s', async (_, made, change) => {
    const seen = await stateOf(device(await made(), change))
    expect(seen).toMatchObject({ state: 'unbelieved', chain: null, body: null })
  })

  it('believes nobody under a stale list, and reads it all the same so that it can be renewed', async () => {
    const chain = await chainRead(
      bundle({ revocation_list: list(7, { expires: now - 601 }), devices: [device(await certificate())] }),
      anchor(),
    )
    expect([chain.failure, chain.list?.number, chain.devices[0]?.state]).toEqual(['list_stale', 7, 'unbelieved'])
  })

  it('believes nobody without a list', async () => {
    const chain = await chainRead(bundle({ revocation_list: null, devices: [device(await certificate())] }), anchor())
    expect([chain.failure, chain.devices[0]?.state]).toEqual(['no_list', 'unbelieved'])
  })

  it('refuses an older list than one that was seen', async () => {
    const known = signedDecode('revocationList', raw(list(8))).body
    expect(await refusal(chainRead(bundle(), anchor({ known })))).toBe('list_older')
  })

  it('refuses another root than the pinned one, and one that only a stranger rotated to', async () => {
    const next = b64Encode(key('next root').public)
    const pinned = anchor({ pinned: key('root').public })
    expect(await refusal(chainRead(bundle({ root: next }), pinned))).toBe('root')
    const body = { organisation, oldKey: key('root').public, newKey: key('next root').public, at: now }
    const forged = bundle({ root: next, rotations: [signed('rootRotation', body, 'stranger')] })
    expect(await refusal(chainRead(forged, pinned))).toBe('signature')
  })

  it('takes the longest of a signing device’s certificates first', async () => {
    const { deviceId, signatureKey } = signedDecode('signingCertificate', raw(good('signing_certificate'))).body
    const short = { organisation, deviceId, signatureKey, notBefore: now - DAY, notAfter: now + DAY }
    const certificates = [signed('signingCertificate', short, 'root'), good('signing_certificate')]
    const chain = await chainRead(bundle({ signing_certificates: certificates }), anchor())
    const ends = chain.signing.map((one) => one.certificate.notAfter)
    expect(ends).toEqual([...ends].sort((one, other) => other - one))
    expect(ends).toHaveLength(2)
  })
})

describe('the numbers that two people compare', () => {
  it('are six groups of five digits, and change with every key', async () => {
    const body = { deviceId: key('advocate').id, signatureKey: key('advocate').public, hpkeHash: await sha256(hpkeKey) }
    const numbers = await deviceFingerprint(body)
    expect(numbers).toMatch(/^(\d{5} ){5}\d{5}$/)
    expect(await deviceFingerprint(body)).toBe(numbers)
    expect(await deviceFingerprint({ ...body, hpkeHash: await sha256(new Uint8Array(1)) })).not.toBe(numbers)
    expect(await deviceFingerprint({ ...body, signatureKey: key('stranger').public })).not.toBe(numbers)
  })
})
