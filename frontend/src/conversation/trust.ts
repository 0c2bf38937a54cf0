/** What this client believes of one organisation, kept fresh: the app asks again now and then, and whenever somebody knows more. */

import { fingerprintGroups, rootFingerprint, Untrusted, verifyTrust } from '../e2ee'
import type { Bytes, Pin, Trust, TrustBundle, UntrustedReason } from '../e2ee'
import { b64Encode, sameBytes } from '../net/bytes'
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

/** The call of net/rest.ts that is used here. */
export interface TrustCalls {
  trust(slug: string): Promise<TrustBundle & { readonly time: number }>
}

export interface TrustOpen {
  readonly rest: TrustCalls
  readonly time: Pick<Time, 'now'>
  readonly slug: string
  /** From the organisation's own link (fingerprint), from what was kept (root), or null: first use. */
  readonly pin: Pin
  /** The signed list that was accepted last, or just its number, so that an older one is refused. */
  readonly lastList?: Bytes | null
  readonly lastNumber?: number
}

export class TrustWatch {
  readonly shown: TrustShown
  readonly #open: TrustOpen
  #current: Trust

  private constructor(open: TrustOpen, current: Trust, shown: TrustShown) {
    this.#open = open
    this.#current = current
    this.shown = shown
  }

  /** Fetches and verifies. Throws `TrustRefused`, `ApiError`. */
  static async open(open: TrustOpen): Promise<TrustWatch> {
    const current = await fetched(open, open.pin, open.lastList ?? null)
    if (current.list.number < (open.lastNumber ?? 0)) throw new TrustRefused('list_older', false)
    const pinnedBy = open.pin === null ? 'first_use' : 'root' in open.pin ? 'kept' : 'link'
    const fingerprint = fingerprintGroups(await rootFingerprint(current.root))
    return new TrustWatch(open, current, { slug: open.slug, root: current.root, fingerprint, pinnedBy })
  }

  get current(): Trust {
    return this.#current
  }

  get listNumber(): number {
    return this.#current.list.number
  }

  /** Whether a note can be sealed now: somebody prepared a key for today that is believed. */
  get canAsk(): boolean {
    return this.#current.intake !== null
  }

  /** Asks again; true where another list or intake key came. What was believed stays where this throws `TrustRefused`, `ApiError`. */
  async refresh(): Promise<boolean> {
    const before = this.#current
    const next = await fetched(this.#open, { root: this.shown.root }, before.listSigned)
    this.#current = next
    return !sameBytes(next.listSigned, before.listSigned) || intakeName(next) !== intakeName(before)
  }
}

const intakeName = (trust: Trust): string => (trust.intake === null ? '' : b64Encode(trust.intake.keyId))

async function fetched(open: TrustOpen, pin: Pin, lastList: Bytes | null): Promise<Trust> {
  const bundle = await open.rest.trust(open.slug)
  const now = Math.floor(open.time.now() / 1000)
  try {
    return await verifyTrust(bundle, { slug: open.slug, pin, lastList, now })
  } catch (error) {
    if (!(error instanceof Untrusted)) throw error
    throw new TrustRefused(error.reason, Math.abs(bundle.time - now) > TOLERANCE)
  }
}
