import { deviceKeys, deviceRequest, type DeviceKeys } from '../e2ee/devices'
import type { Clock } from '../e2ee/types'
import { isRevoked } from '../e2ee/verify'
import { b64Decode, b64Encode, sameBytes, type Bytes } from '../net/bytes'
import { ApiError } from '../net/http'
import { keysFingerprint, type Chain, type SeenDevice, type SeenRequest } from './chain'
import type { Kept } from './kept'
import { certificateFor, listIsDue, listNext, signingCertificateRead, type Signer } from './papers'
import { ConsoleRefusal, type StaffApi, type StaffUser } from './staff'

/** A certificate with less than this left (seconds) is to be renewed by the root key. */
const ENDING = 30 * 86_400

/** What a signing device stands on: `Trust`. */
export interface Ground {
  readonly chain: Chain | null
  /** Reads the chain again; throws as `Trust.load`. */
  load(): Promise<void>
  upkeep(): Promise<void>
  demandKept(): Kept
}

/** A supervisor's signing device: keys that the root vouches for, and what they sign. */
export class Signing {
  /** What is carried to the root key by hand; null without keys, and where they were revoked. */
  request = $state<string | null>(null)
  fingerprint = $state<string | null>(null)
  #keys = $state.raw<DeviceKeys | null>(null)
  readonly #api: StaffApi
  readonly #user: StaffUser
  readonly #now: Clock
  readonly #ground: Ground

  constructor(api: StaffApi, user: StaffUser, now: Clock, ground: Ground) {
    this.#api = api
    this.#user = user
    this.#now = now
    this.#ground = ground
  }

  /** When the certificate of this browser's signing device ends, UTC seconds; null where it has none that holds. */
  get until(): number | null {
    const found = this.#ground.chain?.signing.find((one) => this.isHere(one.certificate.deviceId))
    return found?.certificate.notAfter ?? null
  }

  isHere(deviceId: Bytes): boolean {
    return this.#keys !== null && sameBytes(this.#keys.deviceId, deviceId)
  }

  /** `now` are milliseconds, here and below. */
  endingAt(now: number): boolean {
    return this.until !== null && this.until - now / 1000 < ENDING
  }

  maySignAt(now: number): boolean {
    return this.until !== null && this.until > now / 1000
  }

  hold(keys: DeviceKeys | null): void {
    this.#keys = keys
  }

  /** Fresh keys; the request is carried to the root key by hand. */
  async make(): Promise<void> {
    await this.#ground.demandKept().keepKeys('signing', await deviceKeys())
    await this.#ground.load()
  }

  /** The certificate that the root key made for these keys. */
  async certified(text: string): Promise<void> {
    const raw = b64Decode(text)
    const keys = this.#keys
    const root = this.#ground.chain?.root ?? null
    if (raw === null || keys === null || root === null) throw new ConsoleRefusal('wrong_certificate')
    const { deviceId, signatureKey } = signingCertificateRead(raw, { ...this.#expected(), root })
    if (!sameBytes(deviceId, keys.deviceId) || !sameBytes(signatureKey, keys.signing.publicKey))
      throw new ConsoleRefusal('wrong_certificate')
    await this.#api.signingCertificate(text)
    await this.#ground.load()
  }

  /** A request that two people compared. */
  async certify({ id, body }: SeenRequest): Promise<void> {
    if (body === null || body.role === 'signing') throw new ConsoleRefusal('untrusted')
    await this.#certificateGive(id, certificateFor({ ...body, role: body.role }, this.#signer()), body.deviceId)
  }

  /** Seven more days for keys that were compared when they were first certified. */
  async renew({ id, body }: SeenDevice): Promise<void> {
    if (body === null) throw new ConsoleRefusal('untrusted')
    await this.#certificateGive(id, certificateFor(body, this.#signer()), body.deviceId)
  }

  /** From now on nobody believes this device, and no intake key that it knows is used. */
  async revoke(deviceId: Bytes): Promise<void> {
    await this.#listIssue([deviceId])
  }

  /** The next revocation list, in time. Where a colleague's console was faster, its list is as good. */
  async upkeep(): Promise<void> {
    const list = this.#ground.chain?.list ?? null
    if (!this.maySignAt(this.#now() * 1000) || !listIsDue(list, this.#now())) return
    try {
      await this.#listIssue([])
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'staff.list_not_newer') throw error
      await this.#ground.load()
    }
  }

  async describe(): Promise<void> {
    const keys = this.#keys
    const list = this.#ground.chain?.list ?? null
    const usable = keys !== null && (list === null || !isRevoked(list, keys.deviceId))
    const subject = {
      organisation: this.#user.organisation,
      shownName: this.#user.shown_name,
      role: 'signing',
    } as const
    this.request = usable ? b64Encode(await deviceRequest(keys, subject)) : null
    this.fingerprint = usable ? await keysFingerprint(keys) : null
  }

  async #certificateGive(device: string, certificate: Bytes, deviceId: Bytes): Promise<void> {
    const list = this.#ground.chain?.list
    if (list && isRevoked(list, deviceId)) throw new ConsoleRefusal('revoked')
    await this.#api.deviceCertify(device, b64Encode(certificate))
    await this.#ground.load()
    await this.#ground.upkeep()
  }

  async #listIssue(revoke: readonly Bytes[]): Promise<void> {
    const signed = listNext(this.#ground.chain?.list ?? null, revoke, this.#signer())
    await this.#api.revocationList(b64Encode(signed))
    await this.#ground.load()
  }

  #signer(): Signer {
    if (this.#keys === null || !this.maySignAt(this.#now() * 1000)) throw new ConsoleRefusal('no_signing_device')
    return { keys: this.#keys, ...this.#expected() }
  }

  #expected(): { organisation: string; now: number } {
    return { organisation: this.#user.organisation, now: this.#now() }
  }
}
