/** What this client believes of one organisation, kept fresh: the app asks again now and then, and whenever somebody knows more. */

import { fingerprintGroups, rootFingerprint, Untrusted, verifyTrust } from '../e2ee'
import type { Bytes, Pin, Trust, UntrustedReason } from '../e2ee'
import { b64Encode, sameBytes } from '../net/bytes'
import type { Rest } from '../net/rest'
import type { Time } from '../net/time'

/** What two honest clocks may differ by (docs/protocol.md §4), in seconds. */
const TOLERANCE = 600

/** How the root came to be believed. `first_use`: by the server's word alone, and people are told so. */
export type PinnedBy = 'link' | 'kept' | 'first_use'

export interface TrustShown {
  readonly slug: string
  readonly root: Bytes
  /** Eight groups of four letters, to be compared with a printed one. */
  readonly fingerprint: string
  readonly pinnedBy: PinnedBy
}

/** A trust answer that is not believed. */
export class TrustRefused extends Error {
  override name = 'TrustRefused'
  readonly reason: UntrustedReason
  /** This device's clock and the server's are further apart than two honest clocks: perhaps that is all. */
  readonly clockOff: boolean

  constructor(reason: UntrustedReason, clockOff: boolean) {
    super(reason)
    this.reason = reason
    this.clockOff = clockOff
  }
}

interface Source {
  readonly rest: Pick<Rest, 'trust'>
  readonly time: Pick<Time, 'now'>
  readonly slug: string
}

export interface TrustOpen extends Source {
  /** From the organisation's own link (fingerprint), or null: first use. */
  readonly pin: Pin
}

export interface TrustKept extends Source {
  readonly root: Bytes
  /** The number of the newest list that was believed: an older one is refused. */
  readonly lastNumber: number
}

export class TrustWatch {
  readonly shown: TrustShown
  readonly #source: Source
  readonly #lastNumber: number
  #current: Trust | null

  private constructor(source: Source, current: Trust | null, lastNumber: number, shown: TrustShown) {
    this.#source = source
    this.#current = current
    this.#lastNumber = lastNumber
    this.shown = shown
  }

  /** Fetches and verifies. Throws `TrustRefused`, `ApiError`. */
  static async open({ pin, ...source }: TrustOpen): Promise<TrustWatch> {
    const current = await fetched(source, pin, null)
    const pinnedBy = pin === null ? 'first_use' : 'root' in pin ? 'kept' : 'link'
    return new TrustWatch(source, current, 0, await shownOf(source.slug, current.root, pinnedBy))
  }

  /** A root that was believed before. Nobody is believed by it until `refresh()` brought the rest. */
  static async kept({ root, lastNumber, ...source }: TrustKept): Promise<TrustWatch> {
    return new TrustWatch(source, null, lastNumber, await shownOf(source.slug, root, 'kept'))
  }

  /** Whether it is known whom to believe. */
  get known(): boolean {
    return this.#current !== null
  }

  /** Throws `Untrusted('list_stale')` before the first answer. */
  get current(): Trust {
    if (this.#current === null) throw new Untrusted('list_stale')
    return this.#current
  }

  get listNumber(): number {
    return this.#current?.list.number ?? this.#lastNumber
  }

  /** Whether a note can be sealed now: somebody prepared a key for today that is believed. */
  get canAsk(): boolean {
    return this.#current !== null && this.#current.intake !== null
  }

  /** Asks again; true where another list or intake key came. What was believed stays where this throws `TrustRefused`, `ApiError`. */
  async refresh(): Promise<boolean> {
    const before = this.#current
    const next = await fetched(this.#source, { root: this.shown.root }, before?.listSigned ?? null)
    if (next.list.number < this.listNumber) throw new TrustRefused('list_older', false)
    this.#current = next
    return before === null || !sameBytes(next.listSigned, before.listSigned) || intakeName(next) !== intakeName(before)
  }
}

const intakeName = (trust: Trust): string => (trust.intake === null ? '' : b64Encode(trust.intake.keyId))

async function shownOf(slug: string, root: Bytes, pinnedBy: PinnedBy): Promise<TrustShown> {
  return { slug, root, fingerprint: fingerprintGroups(await rootFingerprint(root)), pinnedBy }
}

async function fetched({ rest, time, slug }: Source, pin: Pin, lastList: Bytes | null): Promise<Trust> {
  const bundle = await rest.trust(slug)
  const { revocation_list } = bundle
  if (revocation_list === null) throw new TrustRefused('list_stale', false)
  const now = Math.floor(time.now() / 1000)
  try {
    return await verifyTrust({ ...bundle, revocation_list }, { slug, pin, lastList, now })
  } catch (error) {
    if (!(error instanceof Untrusted)) throw error
    throw new TrustRefused(error.reason, Math.abs(bundle.time - now) > TOLERANCE)
  }
}
