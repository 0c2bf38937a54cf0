/** The clock and the scheduler, handed in so that tests decide what time it is. */

export type Handle = ReturnType<typeof setTimeout> | number

export interface Time {
  /** Milliseconds since 1970. */
  now(): number
  after(ms: number, run: () => void): Handle
  cancel(handle: Handle): void
}

/** The browser's own clock. A wait longer than a browser can count (24 days) ends early: look at the clock again. */
export const systemTime: Time = {
  now: () => Date.now(),
  after: (ms, run) => setTimeout(run, Math.min(ms, 0x7fffffff)),
  cancel: (handle) => clearTimeout(handle),
}
