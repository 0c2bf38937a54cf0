/** Lengths of time in the unit that people would say, for texts of the form `app-span-<unit>` with a count. */

export type Unit = 'minutes' | 'hours' | 'days'
export interface Span {
  readonly unit: Unit
  readonly count: number
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The timers that are offered, in seconds, from the shortest to the longest that may be. */
export const TIMERS = [5 * MINUTE, 30 * MINUTE, HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY] as const

/** A length of time, rounded up: what is said to be gone in an hour is never there for longer. */
export function spanOf(seconds: number): Span {
  if (seconds <= 59 * MINUTE) return { unit: 'minutes', count: Math.max(1, Math.ceil(seconds / MINUTE)) }
  if (seconds <= 47 * HOUR && seconds % DAY !== 0) return { unit: 'hours', count: Math.ceil(seconds / HOUR) }
  return { unit: 'days', count: Math.ceil(seconds / DAY) }
}

/** How much of a message's time is left, from 1 to 0. `goneAt` and `now` in milliseconds, `timer` in seconds. */
export function shareLeft(goneAt: number, timer: number, now: number): number {
  return Math.min(1, Math.max(0, (goneAt - now) / (timer * 1000)))
}
