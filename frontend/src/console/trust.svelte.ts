import { deviceKeys, deviceRequest, type DeviceKeys } from '../e2ee/devices'
import { fingerprintGroups, rootFingerprint, verifyTrust, type Trust as Believed } from '../e2ee/trust'
import { Untrusted, type Clock, type UntrustedReason } from '../e2ee/types'
import { isRevoked } from '../e2ee/verify'
import { b64Decode, b64Encode, sameBytes, type Bytes } from '../net/bytes'
import { chainRead, keysFingerprint, type Chain, type SeenDevice, type SeenRequest } from './chain'
import { intakeKeep, intakeLook, intakeOpen, type Worker } from './intake'
import { KeyGap } from './key_gap.svelte'
import { Kept } from './kept'
import { StorageRefused, type Keystore } from './keystore'
import { certificateFor, listIsDue, listNext, signingCertificateRead, type Signer } from './papers'
import { ConsoleRefusal, type Role, type StaffApi, type StaffTrust, type StaffUser } from './staff'
import { ENDING_SOON, mayWork, standingOf, type Standing } from './standing'

/** A signing certificate with less than this left is to be renewed by the root key. */
const SIGNING_ENDING = 30 * 86_400
/** A clock that is this far from the server's (seconds) is worth a word: certificates tolerate ten minutes. */
const CLOCK_OFF = 300

/** What this browser is in the chain of trust, whom it believes, and what it signs. Everything is verified here; see chain.ts. */
export class Trust {
  loaded = $state(false)
  storageRefused = $state(false)
  failure = $state<UntrustedReason | 'no_list' | null>(null)
  chain = $state.raw<Chain | null>(null)
  /** For conversations: null while nobody can be believed. */
  believed = $state.raw<Believed | null>(null)
  rootFingerprint = $state<string | null>(null)
  compared = $state(false)
  workFingerprint = $state<string | null>(null)
  signingRequest = $state<string | null>(null)
  signingFingerprint = $state<string | null>(null)
  /** Minutes by which this computer's clock differs from the server's; 0 where it hardly does. */
  clockOff = $state(0)
  readonly gap = new KeyGap()
  #work = $state.raw<DeviceKeys | null>(null)
  #signing = $state.raw<DeviceKeys | null>(null)
  #kept: Kept | null = null
  readonly #api: StaffApi
  readonly #user: StaffUser
  readonly #store: (owner: string) => Promise<Keystore>
  readonly #now: Clock

  constructor(api: StaffApi, user: StaffUser, store: (owner: string) => Promise<Keystore>, now: Clock) {
    this.#api = api
    this.#user = user
    this.#store = store
    this.#now = now
  }

  readonly requests = $derived<readonly SeenRequest[]>(
    this.chain?.requests.filter((one) => one.role !== 'signing') ?? [],
  )
  readonly devices = $derived<readonly SeenDevice[]>(this.chain?.devices ?? [])
  readonly goodIds = $derived(this.devices.flatMap((one) => (one.state === 'good' ? [one.id] : [])).join(' '))
  readonly listNumber = $derived(this.chain?.list?.number ?? null)
  readonly listUntil = $derived(this.chain?.list?.expiresAt ?? 0)
  /** The certified entry of the keys that lie in this browser. */
  readonly mine = $derived(
    this.devices.find((one) => this.#work !== null && sameBytes(one.deviceId, this.#work.deviceId)) ?? null,
  )
  readonly workUntil = $derived(this.mine === null ? null : this.mine.until)
  readonly signingUntil = $derived.by(() => {
    const id = this.#signing?.deviceId
    const found = this.chain?.signing.filter((one) => id !== undefined && sameBytes(one.certificate.deviceId, id)) ?? []
    return found.length === 0 ? null : Math.max(...found.map((one) => one.certificate.notAfter))
  })

  /** `now` are milliseconds, here and below. */
  standingAt(now: number): Standing {
    const { mine } = this
    const asked =
      this.chain?.requests.some((one) => this.#work !== null && one.id === b64Encode(this.#work.deviceId)) ?? false
    const until = mine === null ? null : mine.state === 'unbelieved' ? 0 : mine.until
    return standingOf({ requested: asked, notAfter: until, revoked: mine?.state === 'revoked' }, now / 1000)
  }

  mayWorkAt(now: number): boolean {
    return this.believed !== null && this.mine?.chain != null && mayWork(this.standingAt(now))
  }

  /** What conversations go by. Throws `Untrusted` while nobody can be believed. */
  demandBelieved(): Believed {
    if (this.believed === null)
      throw new Untrusted(this.failure === null || this.failure === 'no_list' ? 'list_stale' : this.failure)
    return this.believed
  }

  signingEnding(now: number): boolean {
    return this.signingUntil !== null && this.signingUntil - now / 1000 < SIGNING_ENDING
  }

  isSigningHere(deviceId: Bytes): boolean {
    return this.#signing !== null && sameBytes(this.#signing.deviceId, deviceId)
  }

  /** How many browsers need a renewal within two days. */
  endingAt(now: number): number {
    return this.devices.filter((one) => one.state === 'good' && one.until - now / 1000 <= ENDING_SOON).length
  }

  maySignAt(now: number): boolean {
    return this.signingUntil !== null && this.signingUntil > now / 1000
  }

  /** Reads the server's answer and verifies it anew. Throws `ApiError`; what is not to be believed shows in `failure`. */
  async load(): Promise<void> {
    const kept = (this.#kept ??= await this.#open())
    if (kept === null) return
    this.#work = kept.work
    this.#signing = kept.signing
    const answer = await this.#api.trust()
    if (this.#kept !== kept) return
    await this.#take(answer, kept)
    await this.#describe(kept)
    this.loaded = true
  }

  /** Fresh keys for this browser, and the request that a supervisor certifies. */
  async enrol(): Promise<void> {
    const kept = this.#demandKept()
    const keys = await deviceKeys()
    const role: Role = this.#user.roles.includes('advocate') ? 'advocate' : 'supervisor'
    const request = await deviceRequest(keys, {
      organisation: this.#user.organisation,
      shownName: this.#user.shown_name,
      role,
    })
    await kept.keepKeys('work', keys)
    await this.#api.deviceRequest(b64Encode(request), b64Encode(keys.sealing.publicKey))
    await this.load()
  }

  /** The person compared the root's fingerprint with what the organisation printed. */
  async rootCompared(): Promise<void> {
    await this.#demandKept().keepCompared()
    this.compared = true
  }

  /** A request that two people compared. */
  async certify(request: SeenRequest): Promise<void> {
    const { body } = request
    if (body === null || body.role === 'signing') throw new ConsoleRefusal('untrusted')
    await this.#certify(request.id, certificateFor({ ...body, role: body.role }, this.#signer()), body.deviceId)
  }

  /** Seven more days for keys that were compared when they were first certified. */
  async renew(device: SeenDevice): Promise<void> {
    if (device.body === null) throw new ConsoleRefusal('untrusted')
    await this.#certify(device.id, certificateFor(device.body, this.#signer()), device.body.deviceId)
  }

  /** From now on nobody believes this device, and no intake key that it knows is used. */
  async revoke(deviceId: Bytes): Promise<void> {
    await this.#listIssue([deviceId])
  }

  /** Fresh keys for a signing device; the request is carried to the root key by hand. */
  async signingNew(): Promise<void> {
    await this.#demandKept().keepKeys('signing', await deviceKeys())
    await this.load()
  }

  /** The certificate that the root key made for this browser's signing device. */
  async signingCertified(text: string): Promise<void> {
    const raw = b64Decode(text)
    const keys = this.#signing
    const root = this.chain?.root ?? null
    if (raw === null || keys === null || root === null) throw new ConsoleRefusal('wrong_certificate')
    const certificate = signingCertificateRead(raw, { root, organisation: this.#user.organisation, now: this.#now() })
    const ours =
      sameBytes(certificate.deviceId, keys.deviceId) && sameBytes(certificate.signatureKey, keys.signing.publicKey)
    if (!ours) throw new ConsoleRefusal('wrong_certificate')
    await this.#api.signingCertificate(text)
    await this.load()
  }

  /** What a console does by itself when it is open: the next revocation list in time, intake keys for the days ahead. */
  async upkeep(): Promise<void> {
    if (this.chain === null) return
    const now = this.#now()
    if (this.maySignAt(now * 1000) && listIsDue(this.chain.list, now)) await this.#listIssue([])
    const worker = this.#worker()
    if (worker === null) return
    const seen = await intakeLook(this.#api, worker)
    this.gap.seen(seen.gap, now)
    await intakeKeep(this.#api, worker, seen)
  }

  /** Whether an answer now could fail only because colleagues' consoles have not passed their keys on yet. */
  keysComing(now: number): boolean {
    return this.gap.closing(
      now / 1000,
      this.devices.some((one) => one.state === 'good' && one !== this.mine),
    )
  }

  /** What a claim needs; null while this browser may not work. */
  claimKeys(): {
    device: DeviceKeys
    certificates: { signing: Bytes; device: Bytes }
    intakeKey: (id: string) => Promise<Bytes | null>
  } | null {
    const chain = this.mine?.chain
    const device = this.#work
    if (!chain || device === null || this.believed === null) return null
    const opener = { keys: device, organisation: this.#user.organisation }
    return { device, certificates: chain, intakeKey: (id) => intakeOpen(this.#api, opener, id) }
  }

  /** Drops the keys from memory; what is sealed on the disk stays for the next visit. */
  destroy(): void {
    for (const keys of [this.#work, this.#signing]) {
      keys?.signing.privateKey.fill(0)
      keys?.sealing.privateKey.fill(0)
    }
    this.#kept = this.#work = this.#signing = null
    this.chain = this.believed = null
  }

  async #open(): Promise<Kept | null> {
    try {
      const kept = await Kept.open(await this.#store(`${this.#user.organisation}/${this.#user.username}`))
      this.storageRefused = false
      return kept
    } catch (error) {
      if (!(error instanceof StorageRefused)) throw error
      this.storageRefused = true
      return null
    }
  }

  async #take(bundle: StaffTrust, kept: Kept): Promise<void> {
    const now = this.#now()
    const organisation = this.#user.organisation
    const off = Math.round((now - bundle.time) / 60)
    this.clockOff = Math.abs(now - bundle.time) > CLOCK_OFF ? off : 0
    try {
      const chain = await chainRead(bundle, { organisation, pinned: kept.root, known: kept.list, now })
      await kept.keepRoot(chain.root)
      this.believed = await believedOf(bundle, chain, kept, organisation, now)
      if (chain.list !== null && chain.listRaw !== null) await kept.keepList(chain.list, chain.listRaw)
      this.chain = chain
      this.failure = chain.failure
    } catch (error) {
      if (!(error instanceof Untrusted)) throw error
      this.chain = this.believed = null
      this.failure = error.reason
    }
  }

  async #describe(kept: Kept): Promise<void> {
    this.rootFingerprint = kept.root === null ? null : fingerprintGroups(await rootFingerprint(kept.root))
    this.compared = kept.compared
    this.workFingerprint = this.#work === null ? null : await keysFingerprint(this.#work)
    const list = this.chain?.list
    if (this.#signing === null || (list && isRevoked(list, this.#signing.deviceId))) {
      this.signingRequest = this.signingFingerprint = null
      return
    }
    const subject = {
      organisation: this.#user.organisation,
      shownName: this.#user.shown_name,
      role: 'signing',
    } as const
    this.signingRequest = b64Encode(await deviceRequest(this.#signing, subject))
    this.signingFingerprint = await keysFingerprint(this.#signing)
  }

  async #certify(device: string, certificate: Bytes, deviceId: Bytes): Promise<void> {
    if (this.chain?.list && isRevoked(this.chain.list, deviceId)) throw new ConsoleRefusal('revoked')
    await this.#api.deviceCertify(device, b64Encode(certificate))
    await this.load()
    await this.upkeep()
  }

  async #listIssue(revoke: readonly Bytes[]): Promise<void> {
    await this.#api.revocationList(b64Encode(listNext(this.chain?.list ?? null, revoke, this.#signer())))
    await this.load()
  }

  #signer(): Signer {
    const now = this.#now()
    if (this.#signing === null || this.chain === null || !this.maySignAt(now * 1000))
      throw new ConsoleRefusal('no_signing_device')
    return { keys: this.#signing, organisation: this.#user.organisation, now }
  }

  #worker(): Worker | null {
    const now = this.#now()
    const { chain, mine } = this
    if (this.#work === null || chain === null || mine?.state !== 'good' || !this.mayWorkAt(now * 1000)) return null
    return { keys: this.#work, organisation: this.#user.organisation, chain, until: mine.until, now }
  }

  #demandKept(): Kept {
    if (this.#kept === null) throw new StorageRefused()
    return this.#kept
  }
}

async function believedOf(
  bundle: StaffTrust,
  chain: Chain,
  kept: Kept,
  slug: string,
  now: number,
): Promise<Believed | null> {
  if (bundle.revocation_list === null || chain.failure !== null) return null
  const answer = { ...bundle, revocation_list: bundle.revocation_list }
  return verifyTrust(answer, { slug, pin: { root: chain.root }, lastList: kept.listSigned, now })
}
