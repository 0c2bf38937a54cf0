import type { Handle, Time } from '../../src/net/time'

/** A clock that stands still until a test moves it. */
export class VirtualTime implements Time {
  #now: number
  #next = 1
  /** Told whenever the clock moved. */
  moved: (now: number) => void = () => undefined
  readonly #waiting = new Map<number, { at: number; run: () => void }>()

  constructor(now = 1_790_000_000_000) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  /** For what counts in whole seconds. */
  readonly seconds = (): number => Math.floor(this.#now / 1000)

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
      this.#set(Math.max(this.#now, due[1].at))
      due[1].run()
    }
    this.#set(end)
    await settled()
  }

  /** A device that sleeps: the clock goes on, nothing runs. */
  jump(ms: number): void {
    this.#set(this.#now + ms)
  }

  #set(now: number): void {
    this.#now = now
    this.moved(now)
  }
}

/** Cryptography runs on other threads; what is under way is counted, so that a test can wait for it without a clock. */
let running = 0
for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
  const descriptor = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, name)
  if (name === 'constructor' || typeof descriptor?.value !== 'function') continue
  const original = descriptor.value as (...parameters: unknown[]) => Promise<unknown>
  const counted = async function (this: SubtleCrypto, ...parameters: unknown[]): Promise<unknown> {
    running += 1
    try {
      return await original.apply(this, parameters)
    } finally {
      running -= 1
    }
  }
  Object.defineProperty(SubtleCrypto.prototype, name, { ...descriptor, value: counted })
}

const STILL = 25

/** Lets what is under way go as far as it gets without the clock. */
export async function settled(): Promise<void> {
  for (let still = 0; still < STILL; still++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (running > 0) still = 0
  }
}

/** Waits until it is so; fails with `what` after five real seconds. */
export async function until(condition: () => boolean, what = 'it to be so'): Promise<void> {
  const end = performance.now() + 5000
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
