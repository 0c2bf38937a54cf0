/** Wakes a conversation at its next deadline: one scheduled call at a time, whatever there is to wait for. */

import type { Handle, Time } from '../net/time'

export class Ticker {
  readonly #time: Time
  readonly #due: () => readonly (number | null)[]
  readonly #run: () => void
  #handle: Handle | null = null

  /** `due` names the moments (ms) that matter; `run` is called at, or a little after, the earliest. */
  constructor(time: Time, due: () => readonly (number | null)[], run: () => void) {
    this.#time = time
    this.#due = due
    this.#run = run
  }

  /** To be called whenever a deadline may have changed. */
  plan(): void {
    this.stop()
    const next = Math.min(...this.#due().map((moment) => moment ?? Number.POSITIVE_INFINITY))
    if (!Number.isFinite(next)) return
    this.#handle = this.#time.after(Math.max(0, next - this.#time.now()), () => {
      this.#handle = null
      this.#run()
      this.plan()
    })
  }

  stop(): void {
    if (this.#handle !== null) this.#time.cancel(this.#handle)
    this.#handle = null
  }
}
