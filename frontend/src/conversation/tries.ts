/** Calls that are made again until the server answers them, ever more slowly, and at once when somebody says that it is worth it. */

import { Backoff } from '../net/backoff'
import { ApiError } from '../net/http'
import type { Time } from '../net/time'

/** Thrown by what waits when the whole is over. */
export class Over extends Error {
  override name = 'Over'
}

export class Tries {
  readonly #time: Time
  readonly #backoff: Backoff
  readonly #reached: (reachable: boolean) => void
  #wake: (() => void) | null = null
  #over = false

  /** `reached` is told after every attempt whether the server answered. */
  constructor(relay: { time: Time; random(): number }, reached: (reachable: boolean) => void) {
    this.#time = relay.time
    this.#backoff = new Backoff(() => relay.random())
    this.#reached = reached
  }

  /** The answer, whenever it comes. Throws `ApiError` where the call is refused for good, `Over` after `close()`. */
  async persist<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      this.demand()
      try {
        const answer = await call()
        this.#settled()
        return answer
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (!passes(error)) {
          this.#settled()
          throw error
        }
        this.#reached(false)
        await this.pause(this.#backoff.next(error.retryAfter ?? 0))
      }
    }
  }

  get over(): boolean {
    return this.#over
  }

  /** Throws `Over` after `close()`. */
  demand(): void {
    if (this.#over) throw new Over()
  }

  /** Tries at once. */
  wake(): void {
    this.#wake?.()
  }

  close(): void {
    this.#over = true
    this.wake()
  }

  #settled(): void {
    this.#backoff.succeeded()
    this.demand()
    this.#reached(true)
  }

  /** Waits, but not for longer than until `wake()`. Throws `Over` after `close()`. */
  async pause(ms: number): Promise<void> {
    this.demand()
    await new Promise<void>((resolve) => {
      const handle = this.#time.after(ms, resolve)
      this.#wake = () => {
        this.#time.cancel(handle)
        resolve()
      }
    })
    this.#wake = null
  }
}

/** What is no word of our server's own about the call: no network, a portal's page, too busy. */
function passes(error: ApiError): boolean {
  return error.status === 0 || error.status >= 500 || error.status === 429 || error.code === 'net.bad_answer'
}
