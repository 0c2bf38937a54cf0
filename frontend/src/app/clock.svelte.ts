import { createSubscriber } from 'svelte/reactivity'
import { systemTime, type Handle, type Time } from '../net/time'

const STEP_MS = 15_000

/** The time of day for what is shown, no finer than fifteen seconds. It ticks only while somebody looks at it. */
export class Clock {
  readonly #time: Time
  readonly #follow: () => void

  constructor(time: Time = systemTime) {
    this.#time = time
    this.#follow = createSubscriber((update) => {
      let handle: Handle
      const tick = (): void => {
        handle = time.after(STEP_MS, () => {
          update()
          tick()
        })
      }
      tick()
      return () => time.cancel(handle)
    })
  }

  /** Milliseconds since 1970. Read inside a component it keeps the component up to date. */
  get now(): number {
    this.#follow()
    return this.#time.now()
  }
}
