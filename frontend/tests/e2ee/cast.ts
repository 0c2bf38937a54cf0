/** People and keys for tests: one organisation with a root, a signing device and staff; survivors with pseudonyms. */

import { createGroup, joinGroup } from '../../src/e2ee/group'
import { staffIdentity } from '../../src/e2ee/identity'
import { pseudonymKeyPackage } from '../../src/e2ee/keypackage'
import { signingKeys } from '../../src/e2ee/ed25519'
import { sealingKeys } from '../../src/e2ee/hpke'
import { bytesCompare, signedEncode, type Body } from '../../src/e2ee/signed'
import { verifyTrust, type Pin, type TrustBundle } from '../../src/e2ee/trust'
import type {
  Leaf,
  MemberPolicy,
  OwnKeyPackage,
  OwnKeys,
  SecureGroup,
  SigningKeys,
  StateStore,
} from '../../src/e2ee/types'
import { revocationMark } from '../../src/e2ee/verify'
import { b64Encode, concat, randomBytes, sha256, type Bytes } from '../../src/net/bytes'

/** A time of its own, so that nothing depends on the day on which the tests run. ts-mls reads `Date`: see `standStill`. */
export const NOW = 1_790_000_000
export const now = (): number => NOW
export const DAY = 86_400
export const SLUG = 'casa-clara'

export const bytes = (text: string): Bytes => new TextEncoder().encode(text)
export const text = (raw: Uint8Array): string => new TextDecoder().decode(raw)

export interface Device {
  readonly id: Bytes
  readonly keys: SigningKeys
  readonly certificate: Bytes
}

export class Organisation {
  readonly slug: string
  readonly root: SigningKeys
  readonly signing: Device
  #number = 1

  constructor(o: { slug?: string; root?: SigningKeys } = {}) {
    this.slug = o.slug ?? SLUG
    this.root = o.root ?? signingKeys()
    this.signing = this.signingDevice()
  }

  signingDevice(o: Partial<Body<'signingCertificate'>> = {}): Device {
    const keys = signingKeys()
    const body = {
      organisation: this.slug,
      deviceId: randomBytes(16),
      signatureKey: keys.publicKey,
      notBefore: NOW,
      notAfter: NOW + 400 * DAY,
      ...o,
    }
    return { id: body.deviceId, keys, certificate: signedEncode('signingCertificate', body, this.root.privateKey) }
  }

  device(o: Partial<Body<'deviceCertificate'>> = {}, by = this.signing): Device {
    const keys = signingKeys()
    const body = {
      organisation: this.slug,
      deviceId: randomBytes(16),
      signatureKey: keys.publicKey,
      hpkeHash: randomBytes(32),
      role: 'advocate' as const,
      shownName: 'Marisol',
      notBefore: NOW,
      notAfter: NOW + 7 * DAY,
      issuer: by.id,
      ...o,
    }
    return { id: body.deviceId, keys, certificate: signedEncode('deviceCertificate', body, by.keys.privateKey) }
  }

  /** What a member of staff enters a group with. */
  staff(o: Partial<Body<'deviceCertificate'>> = {}): OwnKeys & { readonly deviceId: Bytes } {
    const device = this.device(o)
    return {
      deviceId: device.id,
      identity: staffIdentity({ signing: this.signing.certificate, device: device.certificate }),
      signatureKey: device.keys.publicKey,
      signaturePrivateKey: device.keys.privateKey,
    }
  }

  list(o: Partial<Body<'revocationList'>> = {}, by = this.signing): Bytes {
    const body = {
      organisation: this.slug,
      number: this.#number++,
      issuedAt: NOW,
      expiresAt: NOW + 7 * DAY,
      revoked: [] as readonly Bytes[],
      issuer: by.id,
      ...o,
    }
    return signedEncode(
      'revocationList',
      { ...body, revoked: [...body.revoked].sort(bytesCompare) },
      by.keys.privateKey,
    )
  }

  rotation(next: SigningKeys, o: Partial<Body<'rootRotation'>> = {}, by = this.root): Bytes {
    const body = { organisation: this.slug, oldKey: by.publicKey, newKey: next.publicKey, at: NOW, ...o }
    return signedEncode('rootRotation', body, by.privateKey)
  }

  /** What the server answers, honest unless `o` says otherwise. */
  bundle(o: Partial<TrustBundle> = {}): TrustBundle {
    return {
      root: b64Encode(this.root.publicKey),
      rotations: [],
      revocation_list: b64Encode(this.list()),
      signing_certificates: [b64Encode(this.signing.certificate)],
      intake: null,
      ...o,
    }
  }

  async intake(o: Partial<Body<'intakeKey'>> & { device?: Device; revoked?: readonly Bytes[] } = {}) {
    const { device = this.device(), revoked = [], ...changed } = o
    const keys = await sealingKeys()
    const mark = await revocationMark({ revoked: [...revoked].sort(bytesCompare) })
    const body = {
      organisation: this.slug,
      keyId: concat(mark, randomBytes(8)),
      hpkeKey: keys.publicKey,
      notBefore: NOW,
      notAfter: NOW + DAY,
      issuer: device.id,
      ...changed,
    }
    return {
      keys,
      body,
      served: {
        key: b64Encode(signedEncode('intakeKey', body, device.keys.privateKey)),
        device_certificate: b64Encode(device.certificate),
        signing_certificate: b64Encode(this.signing.certificate),
      },
    }
  }

  /** Who may be in a group, as a client that pinned this root sees it. */
  async policy(
    o: { pseudonyms?: readonly Leaf[]; revoked?: readonly Bytes[]; at?: () => number; pin?: Pin } = {},
  ): Promise<MemberPolicy> {
    const bundle = this.bundle({ revocation_list: b64Encode(this.list({ revoked: o.revoked ?? [] })) })
    const pin = o.pin ?? { root: this.root.publicKey }
    const trust = await verifyTrust(bundle, { slug: this.slug, pin, lastList: null, now: NOW })
    return trust.policy({ pseudonyms: o.pseudonyms ?? [], now: o.at ?? now })
  }
}

/** A store that remembers every state that it was given. */
export class Shelf implements StateStore {
  readonly states: Bytes[] = []

  async save(state: Bytes): Promise<void> {
    this.states.push(state.slice())
  }

  get last(): Bytes {
    return this.states.at(-1) ?? new Uint8Array()
  }
}

export interface Talk {
  readonly organisation: Organisation
  readonly advocate: SecureGroup
  readonly survivor: SecureGroup
  readonly keyPackage: OwnKeyPackage
  readonly shelves: { readonly advocate: Shelf; readonly survivor: Shelf }
}

/** An advocate's group with one survivor in it, both in the same epoch. */
export async function talk(organisation = new Organisation()): Promise<Talk> {
  const keyPackage = await pseudonymKeyPackage(now)
  const shelves = { advocate: new Shelf(), survivor: new Shelf() }
  const advocate = await createGroup({
    me: organisation.staff(),
    policy: await organisation.policy({ pseudonyms: [keyPackage] }),
    store: shelves.advocate,
    now,
  })
  const pending = await advocate.add([keyPackage.message])
  await pending.accept()
  const survivor = await joinGroup({
    welcome: pending.welcome!,
    keyPackage,
    policy: await organisation.policy(),
    store: shelves.survivor,
    now,
  })
  return { organisation, advocate, survivor, keyPackage, shelves }
}

/** The text of an application message that `group` opens. */
export async function heard(group: SecureGroup, message: Bytes): Promise<string> {
  const processed = await group.process(message)
  if (processed.kind !== 'application') throw new Error(`a ${processed.kind}, not a message`)
  return text(processed.content)
}

/** Whether two groups are one: the same members with the same keys, and each opens what the other says. */
export async function inAgreement(a: SecureGroup, b: SecureGroup): Promise<boolean> {
  if (a.epoch !== b.epoch || (await a.safetyNumber()) !== (await b.safetyNumber())) return false
  const said = b64Encode(await sha256(randomBytes(8)))
  const answered = b64Encode(await sha256(randomBytes(8)))
  return (
    (await heard(b, await a.encrypt(bytes(said)))) === said &&
    (await heard(a, await b.encrypt(bytes(answered)))) === answered
  )
}
