/**
 * Numbers of the log that are gone, and whether that is right.
 *
 * The server may erase a message that nobody fetched when its time is over (never sooner than `KEPT_FOR` after it was written), or when a
 * member burned it. This client knows a moment at which the log had not reached a number yet; gone sooner than `KEPT_FOR` after that moment,
 * without a burn, means that somebody erased it or holds it back.
 */

import type { MissingCause } from './types'

/** Seconds that the server keeps a message at least: no client sends with a shorter time to live. */
export const KEPT_FOR = 86_400
export const KEPT_FOR_MOST = 604_800

export interface AbsentRange {
  from: number
  to: number
  cause: 'expired' | 'withheld'
}

export interface AbsencesKept {
  ranges: readonly AbsentRange[]
  burnedUpTo: number
}

export class Absences {
  #ranges: AbsentRange[] = []
  #burnedUpTo = 0

  /** `from … to` cannot be read; `aliveAt` is the last moment (ms) at which the log was known not to have reached them. */
  add(range: { from: number; to: number; honest: boolean; aliveAt: number; now: number }): void {
    const waited = range.now - range.aliveAt >= KEPT_FOR * 1000
    this.#ranges.push({ from: range.from, to: range.to, cause: range.honest && waited ? 'expired' : 'withheld' })
    this.#ranges = this.#ranges.slice(-200)
  }

  burned(sequence: number): void {
    this.#burnedUpTo = Math.max(this.#burnedUpTo, sequence)
  }

  /** Why `count` messages are missing between two numbers of the log (both were delivered). */
  causeOf(count: number, after: number, before: number): MissingCause {
    const within = this.#ranges.filter((range) => range.to > after && range.from < before)
    const numbers = (ranges: readonly AbsentRange[]): number =>
      ranges.reduce((sum, range) => sum + Math.min(range.to, before - 1) - Math.max(range.from, after + 1) + 1, 0)
    if (numbers(within.filter((range) => range.to <= this.#burnedUpTo)) >= count) return 'burned'
    if (numbers(within.filter((range) => range.cause === 'expired' || range.to <= this.#burnedUpTo)) >= count)
      return 'expired'
    return 'withheld'
  }

  toKept(): AbsencesKept {
    return { ranges: this.#ranges, burnedUpTo: this.#burnedUpTo }
  }

  restore(kept: AbsencesKept): void {
    this.#ranges = [...kept.ranges]
    this.#burnedUpTo = kept.burnedUpTo
  }
}
