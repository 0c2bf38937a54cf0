/**
 * The order that the relay promises: every number once, counting up, as an envelope or inside a GONE (docs/protocol.md §3).
 *
 * A gap is asked for once more by a new connection; the second time it is taken for what it is. What comes a second time is dropped.
 */

export type Verdict =
  | { kind: 'next'; from: number }
  | { kind: 'repeated' }
  /** Numbers are missing: connect again and read once more. */
  | { kind: 'reread' }
  /** Numbers are missing for good: `from … to` were never said to be erased. */
  | { kind: 'skipped'; from: number; to: number }

export class Order {
  #received: number
  #anyFirst: boolean
  #reread = -1

  /** `after`: the highest number already processed. From 0 a reader may begin anywhere at or below the first unread number. */
  constructor(after: number) {
    this.#received = after
    this.#anyFirst = after === 0
  }

  get received(): number {
    return this.#received
  }

  /** What to do about `from … to`, which came just now. `cursor` is what the server said that this seat had acknowledged. */
  judge(from: number, to: number, cursor: number): Verdict {
    const expected = this.#received + 1
    if (to < expected) return { kind: 'repeated' }
    const begins = this.#anyFirst && (cursor === 0 || from <= cursor + 1)
    if (from > expected && !begins) {
      if (this.#reread !== expected) {
        this.#reread = expected
        return { kind: 'reread' }
      }
      this.#take(to)
      return { kind: 'skipped', from: expected, to: from - 1 }
    }
    this.#take(to)
    return { kind: 'next', from: Math.max(from, begins ? from : expected) }
  }

  #take(to: number): void {
    this.#received = to
    this.#anyFirst = false
  }
}
