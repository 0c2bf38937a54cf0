import type { Handle, Time } from '../../src/net/time'

/** A clock that stands still until a test moves it. */
export class VirtualTime implements Time {
  #now: number
  #next = 1
  readonly #waiting = new Map<number, { at: number; run: () => void }>()

  constructor(now = 1_790_000_000_000) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): Handle {
    const handle = this.#next++
    this.#waiting.set(handle, { at: this.#now + ms, run })
    return handle
  }

  cancel(handle: Handle): void {
    this.#waiting.delete(handle as number)
  }

  /** Runs everything that becomes due, in its order, and what it leads to. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      await settled()
      const due = [...this.#waiting].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0]
      if (due === undefined) break
      this.#waiting.delete(due[0])
      this.#now = Math.max(this.#now, due[1].at)
      due[1].run()
    }
    this.#now = end
    await settled()
  }
}

/** Lets what is under way go as far as it gets without the clock. */
export async function settled(): Promise<void> {
  for (let step = 0; step < 25; step++) await new Promise((resolve) => setImmediate(resolve))
}

/** Waits until it is so; fails with `what` after five real seconds. */
export async function until(condition: () => boolean, what = 'it to be so'): Promise<void> {
  const end = performance.now() + 5000
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
