/** Lengths of time in the unit that a person would use. */

const DAY = 86_400

export interface Span {
  unit: 'seconds' | 'minutes' | 'hours' | 'days'
  count: number
}

/** The timers that are offered: five minutes to seven days. */
export const TIMERS: readonly number[] = [300, 3_600, 28_800, DAY, 3 * DAY, 7 * DAY]

/** `seconds` in one unit: rounded, never to nothing. */
export function spanOf(seconds: number): Span {
  if (seconds < 60) return { unit: 'seconds', count: Math.max(1, Math.ceil(seconds)) }
  if (seconds < 3_600) return { unit: 'minutes', count: Math.round(seconds / 60) }
  if (seconds < 2 * DAY && seconds % DAY !== 0) return { unit: 'hours', count: Math.round(seconds / 3_600) }
  return { unit: 'days', count: Math.round(seconds / DAY) }
}
