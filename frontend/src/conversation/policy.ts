/** Whom this client admits to a conversation, by the newest trust at every question. */

import type { Clock, Leaf, Member, MemberPolicy, Trust } from '../e2ee'

export class LivePolicy implements MemberPolicy {
  readonly #trust: () => Trust
  readonly #pseudonyms: () => readonly Leaf[]
  readonly #now: Clock
  #made: { trust: Trust; pseudonyms: readonly Leaf[]; policy: MemberPolicy } | null = null

  /** `pseudonyms`: who else may be a member; another array whenever they change. */
  constructor(trust: () => Trust, now: Clock, pseudonyms: () => readonly Leaf[] = () => NOBODY) {
    this.#trust = trust
    this.#pseudonyms = pseudonyms
    this.#now = now
  }

  async admit(leaf: Leaf): Promise<Member> {
    return this.#policy().admit(leaf)
  }

  /** One policy for as long as nothing changes: it remembers whose signatures it checked. */
  #policy(): MemberPolicy {
    const [trust, pseudonyms] = [this.#trust(), this.#pseudonyms()]
    if (this.#made === null || this.#made.trust !== trust || this.#made.pseudonyms !== pseudonyms) {
      this.#made = { trust, pseudonyms, policy: trust.policy({ pseudonyms, now: this.#now }) }
    }
    return this.#made.policy
  }
}

const NOBODY: readonly Leaf[] = []
