/** An organisation with its keys, for tests: root, signing device, staff, revocation list, intake key. All times by the test's clock. */

import { intakeKeyPair } from '../../src/e2ee'
import type { Bytes, Role, SealingKeys, SigningKeys, TrustBundle } from '../../src/e2ee'
import { signingKeys } from '../../src/e2ee/ed25519'
import { bytesCompare, deviceKeys, revocationMark, signedEncode } from '../../src/e2ee/staff'
import type { DeviceKeys } from '../../src/e2ee/staff'
import { b64Encode, concat, randomBytes, sha256 } from '../../src/net/bytes'

const DAY = 86_400

export interface Staff {
  readonly device: DeviceKeys
  readonly certificates: { readonly signing: Bytes; readonly device: Bytes }
}

interface Intake {
  readonly keyId: Bytes
  readonly keys: SealingKeys
  readonly signed: Bytes
}

export class Organisation {
  readonly slug: string
  readonly #now: () => number
  readonly #root: SigningKeys = signingKeys()
  readonly #signing: SigningKeys = signingKeys()
  readonly #signingId = randomBytes(16)
  readonly #intakes = new Map<string, Intake>()
  #revoked: Bytes[] = []
  #keeper: Staff | null = null
  #list = { number: 1, issuedAt: 0 }
  #intake: Intake | null = null

  private constructor(now: () => number, slug: string) {
    this.#now = now
    this.slug = slug
    this.#list.issuedAt = now()
  }

  /** `now`: seconds. */
  static async make(now: () => number, slug = 'casa-clara'): Promise<Organisation> {
    const organisation = new Organisation(now, slug)
    await organisation.intakeRotate()
    return organisation
  }

  get root(): Bytes {
    return this.#root.publicKey
  }

  get listNumber(): number {
    return this.#list.number
  }

  /** Certified now, for seven days. */
  async staff(shownName: string, role: Role = 'advocate'): Promise<Staff> {
    const device = await deviceKeys()
    const body = {
      organisation: this.slug,
      deviceId: device.deviceId,
      signatureKey: device.signing.publicKey,
      hpkeHash: await sha256(device.sealing.publicKey),
      role,
      shownName,
      notBefore: this.#now(),
      notAfter: this.#now() + 7 * DAY,
      issuer: this.#signingId,
    }
    const signed = signedEncode('deviceCertificate', body, this.#signing.privateKey)
    return { device, certificates: { signing: this.signingCertificate, device: signed } }
  }

  get signingCertificate(): Bytes {
    const body = {
      organisation: this.slug,
      deviceId: this.#signingId,
      signatureKey: this.#signing.publicKey,
      notBefore: 1_789_990_000,
      notAfter: 1_789_990_000 + 300 * DAY,
    }
    return signedEncode('signingCertificate', body, this.#root.privateKey)
  }

  /** A newer list with this device on it, and so another intake key. */
  async revoke(staff: Staff): Promise<void> {
    this.#revoked = [...this.#revoked, staff.device.deviceId].sort(bytesCompare)
    this.listRenew()
    await this.intakeRotate()
  }

  /** The same list, later. */
  listRenew(): void {
    this.#list = { number: this.#list.number + 1, issuedAt: this.#now() }
  }

  async intakeRotate(): Promise<void> {
    this.#keeper = await this.staff('Keeper')
    const keys = await intakeKeyPair()
    const keyId = concat(await revocationMark({ revoked: this.#revoked }), randomBytes(8))
    const body = {
      organisation: this.slug,
      keyId,
      hpkeKey: keys.publicKey,
      notBefore: this.#now(),
      notAfter: this.#now() + DAY,
      issuer: this.#keeper.device.deviceId,
    }
    const intake = { keyId, keys, signed: signedEncode('intakeKey', body, this.#keeper.device.signing.privateKey) }
    this.#intake = intake
    this.#intakes.set(b64Encode(keyId), intake)
  }

  /** Nobody prepares a key any more. */
  intakeStop(): void {
    this.#intake = null
  }

  get intakeKeyId(): string {
    return this.#intake === null ? '' : b64Encode(this.#intake.keyId)
  }

  /** The private half, as every certified device has it. */
  readonly intakePrivate = async (keyId: string): Promise<Bytes | null> =>
    this.#intakes.get(keyId)?.keys.privateKey ?? null

  /** What the server answers: `GET /api/v1/organisations/{slug}/trust`. */
  bundle(): TrustBundle & { time: number } {
    const { number, issuedAt } = this.#list
    const list = {
      organisation: this.slug,
      number,
      issuedAt,
      expiresAt: issuedAt + 7 * DAY,
      revoked: this.#revoked,
      issuer: this.#signingId,
    }
    const intake = this.#intake
    const keeper = this.#keeper
    return {
      root: b64Encode(this.root),
      rotations: [],
      revocation_list: b64Encode(signedEncode('revocationList', list, this.#signing.privateKey)),
      signing_certificates: [b64Encode(this.signingCertificate)],
      intake:
        intake === null || keeper === null
          ? null
          : {
              key: b64Encode(intake.signed),
              device_certificate: b64Encode(keeper.certificates.device),
              signing_certificate: b64Encode(keeper.certificates.signing),
            },
      time: this.#now(),
    }
  }
}
