/** How long to wait before the next attempt: doubling, capped, and never the same for two clients. */

const FIRST = 500
const MOST = 30_000

export class Backoff {
  readonly #random: () => number
  #failures = 0

  constructor(random: () => number) {
    this.#random = random
  }

  get failures(): number {
    return this.#failures
  }

  /** Milliseconds until the next attempt: between half of the step and the whole of it, and at least `least`. */
  next(least = 0): number {
    const step = Math.min(MOST, FIRST * 2 ** this.#failures)
    this.#failures = Math.min(this.#failures + 1, 16)
    return Math.max(least, Math.round(step * (0.5 + this.#random() / 2)))
  }

  succeeded(): void {
    this.#failures = 0
  }
}
