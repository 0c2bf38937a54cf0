import { deviceKeys, deviceRequest, type DeviceKeys } from '../e2ee/devices'
import { fingerprintGroups, rootFingerprint, verifyTrust, type Trust as Believed } from '../e2ee/trust'
import { Untrusted, type Clock, type UntrustedReason } from '../e2ee/types'
import { b64Encode, sameBytes, type Bytes } from '../net/bytes'
import { chainRead, keysFingerprint, type Chain, type SeenDevice, type SeenRequest } from './chain'
import { intakeKeep, intakeLook, intakeOpen, type Worker } from './intake'
import { KeyGap } from './key_gap.svelte'
import { Kept } from './kept'
import { StorageRefused, type Keystore } from './keystore'
import { Signing } from './signing.svelte'
import type { Role, StaffApi, StaffTrust, StaffUser } from './staff'
import { ENDING_SOON, mayWork, standingOf, type Standing } from './standing'

/** A clock that is this far from the server's (seconds) is worth a word: certificates tolerate ten minutes. */
const CLOCK_OFF = 300

/** What this browser is in the chain of trust, and whom it believes. Everything is verified here, see chain.ts; what it signs: signing.svelte.ts. */
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
  /** Minutes by which this computer's clock differs from the server's; 0 where it hardly does. */
  clockOff = $state(0)
  readonly gap = new KeyGap()
  readonly signing: Signing
  #work = $state.raw<DeviceKeys | null>(null)
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
    this.signing = new Signing(api, user, now, this)
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
  /** `now` are milliseconds, here and below. */
  standingAt(now: number): Standing {
    const { mine } = this
    const asked =
      this.chain?.requests.some((one) => this.#work !== null && one.id === b64Encode(this.#work.deviceId)) ?? false
    const unbelieved = mine?.state === 'unbelieved'
    const known = {
      requested: asked,
      notAfter: mine === null ? null : unbelieved ? 0 : mine.until,
      revoked: mine?.state === 'revoked',
      unknown: unbelieved && this.failure !== null,
    }
    return standingOf(known, now / 1000)
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

  /** How many browsers need a renewal within two days. */
  endingAt(now: number): number {
    return this.devices.filter((one) => one.state === 'good' && one.until - now / 1000 <= ENDING_SOON).length
  }

  /** Reads the server's answer and verifies it anew. Throws `ApiError`; what is not to be believed shows in `failure`. */
  async load(): Promise<void> {
    const kept = (this.#kept ??= await this.#open())
    if (kept === null) return
    this.#work = kept.work
    this.signing.hold(kept.signing)
    const answer = await this.#api.trust()
    if (this.#kept !== kept) return
    await this.#take(answer, kept)
    await this.#describe(kept)
    this.loaded = true
  }

  /** Fresh keys for this browser, and the request that a supervisor certifies. */
  async enrol(): Promise<void> {
    const kept = this.demandKept()
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
    await this.demandKept().keepCompared()
    this.compared = true
  }

  /** What a console does by itself when it is open: the next revocation list in time, intake keys for the days ahead. */
  async upkeep(): Promise<void> {
    if (this.chain === null) return
    const now = this.#now()
    await this.signing.upkeep()
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
    for (const keys of [this.#work, this.#kept?.signing]) {
      keys?.signing.privateKey.fill(0)
      keys?.sealing.privateKey.fill(0)
    }
    this.signing.hold(null)
    this.#kept = this.#work = null
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
    await this.signing.describe()
  }

  #worker(): Worker | null {
    const now = this.#now()
    const { chain, mine } = this
    if (this.#work === null || chain === null || mine?.state !== 'good' || !this.mayWorkAt(now * 1000)) return null
    return { keys: this.#work, organisation: this.#user.organisation, chain, until: mine.until, now }
  }

  /** Throws `StorageRefused` where this browser keeps nothing. */
  demandKept(): Kept {
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
