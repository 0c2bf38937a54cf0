/** Who has sent how many, and who has seen how many: `n` and `seen` of docs/protocol.md §6. */

export interface CountersKept {
  sent: number
  received: [string, number][]
  seenByOthers: [string, number][]
}

export class Counters {
  /** Own messages that the server has kept, counted from 1. */
  #sent = 0
  readonly #received = new Map<string, number>()
  readonly #seenByOthers = new Map<string, number>()
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
    if (counted) this.#received.set(mark, 0)
    else this.#uncounted.add(mark)
  }

  remove(mark: string): void {
    this.#received.delete(mark)
    this.#uncounted.delete(mark)
    this.#seenByOthers.delete(mark)
  }

  /** Notes message `n` of a member and returns how many before it are missing, or null where `n` was used before. */
  receive(mark: string, n: number): number | null {
    const before = this.#uncounted.delete(mark) ? n - 1 : (this.#received.get(mark) ?? 0)
    if (n <= before) return null
    this.#received.set(mark, n)
    return n - before - 1
  }

  /**
   * What a member says it has processed. Returns those of whom it knows more than this client was given, and how many: everything that it
   * processed stands before its message in the one log, so this client should have it too.
   */
  confirm(by: string, me: string, seen: ReadonlyMap<string, number>): { mark: string; missing: number }[] {
    const own = Math.min(seen.get(me) ?? 0, this.#sent)
    this.#seenByOthers.set(by, Math.max(own, this.#seenByOthers.get(by) ?? 0))
    const behind: { mark: string; missing: number }[] = []
    for (const [mark, n] of seen) {
      const known = this.#received.get(mark)
      if (mark === me || mark === by || known === undefined || n <= known) continue
      behind.push({ mark, missing: n - known })
      this.#received.set(mark, n)
    }
    return behind
  }

  /** The highest own number that any other member has processed. */
  get confirmed(): number {
    return Math.max(0, ...this.#seenByOthers.values())
  }

  /** For the `seen` field. */
  seen(): Map<string, number> {
    return new Map(this.#received)
  }

  toKept(): CountersKept {
    return { sent: this.#sent, received: [...this.#received], seenByOthers: [...this.#seenByOthers] }
  }

  static fromKept(kept: CountersKept): Counters {
    const counters = new Counters()
    counters.#sent = kept.sent
    for (const [mark, n] of kept.received) counters.#received.set(mark, n)
    for (const [mark, n] of kept.seenByOthers) counters.#seenByOthers.set(mark, n)
    return counters
  }
}
