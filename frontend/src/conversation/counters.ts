/** Who has sent how many, and who has seen how many: `n` and `seen` of docs/protocol.md §6. */

export interface CountersKept {
  sent: number
  received: Received[]
  uncounted: string[]
  confirmed: Confirmed[]
}

/** Up to which number a member's messages were received, and where in the log the last of them stood. */
export interface Received {
  mark: string
  n: number
  sequence: number
}

/** A member has seen the own messages above `from` up to `to`; those up to `from` were sent before it came. */
export interface Confirmed {
  mark: string
  from: number
  to: number
}

export class Counters {
  /** Own messages that the server has kept, counted from 1. */
  #sent = 0
  readonly #received = new Map<string, Received>()
  readonly #confirmed = new Map<string, Confirmed>()
  /** Members who were here before this client: where their count stands is not known until they speak. */
  readonly #uncounted = new Set<string>()

  /** The number of the next own message. It is used up by `kept`, so a refused message leaves no gap. */
  get next(): number {
    return this.#sent + 1
  }

  kept(n: number): void {
    this.#sent = Math.max(this.#sent, n)
  }

  /** A member from now on. `counted`: it joined with or after this client, so its first message is number 1. */
  add(mark: string, counted: boolean): void {
    if (counted) this.#received.set(mark, { mark, n: 0, sequence: 0 })
    else this.#uncounted.add(mark)
    this.#confirmed.set(mark, { mark, from: this.#sent, to: this.#sent })
  }

  remove(mark: string): void {
    this.#received.delete(mark)
    this.#uncounted.delete(mark)
    this.#confirmed.delete(mark)
  }

  /** Where in the log the last message of a member stood; 0 where none came. */
  lastOf(mark: string): number {
    return this.#received.get(mark)?.sequence ?? 0
  }

  /** Notes message `n` of a member and returns how many before it are missing, or null where `n` was used before. */
  receive(mark: string, n: number, sequence: number): number | null {
    const before = this.#uncounted.delete(mark) ? n - 1 : (this.#received.get(mark)?.n ?? 0)
    if (n <= before) return null
    this.#received.set(mark, { mark, n, sequence })
    return n - before - 1
  }

  /**
   * What a member says it has processed. Returns those of whom it knows more than this client was given, and how many: everything that it
   * processed stands before its message in the one log, so this client should have it too.
   */
  confirm(by: string, me: string, seen: ReadonlyMap<string, number>): { mark: string; missing: number }[] {
    const own = Math.min(seen.get(me) ?? 0, this.#sent)
    const confirmed = this.#confirmed.get(by)
    if (confirmed !== undefined) confirmed.to = Math.max(own, confirmed.to)
    const behind: { mark: string; missing: number }[] = []
    for (const [mark, n] of seen) {
      const known = this.#received.get(mark)
      if (mark === me || mark === by || known === undefined || n <= known.n) continue
      behind.push({ mark, missing: n - known.n })
      known.n = n
    }
    return behind
  }

  /** Whether a member has processed the own message `n`. */
  isConfirmed(n: number): boolean {
    return [...this.#confirmed.values()].some(({ from, to }) => n > from && n <= to)
  }

  /** For the `seen` field. */
  seen(): Map<string, number> {
    return new Map([...this.#received].map(([mark, { n }]) => [mark, n]))
  }

  toKept(): CountersKept {
    return {
      sent: this.#sent,
      received: [...this.#received.values()],
      uncounted: [...this.#uncounted],
      confirmed: [...this.#confirmed.values()],
    }
  }

  static fromKept(kept: CountersKept): Counters {
    const counters = new Counters()
    counters.#sent = kept.sent
    for (const one of kept.received) counters.#received.set(one.mark, { ...one })
    for (const mark of kept.uncounted) counters.#uncounted.add(mark)
    for (const one of kept.confirmed) counters.#confirmed.set(one.mark, { ...one })
    return counters
  }
}
