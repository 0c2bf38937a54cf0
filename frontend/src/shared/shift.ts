/** Three presses of Shift alone, at most five seconds apart. Pure: the caller brings the events and the time. */
export const PRESSES = 3
export const PATIENCE_MS = 5000

export type ShiftInput = 'shift-down' | 'shift-up' | 'other'
export interface ShiftState {
  /** Presses so far; 3 means leave. */
  readonly count: 0 | 1 | 2 | 3
  /** Shift is down and nothing else has happened since. */
  readonly armed: boolean
  /** When the last press ended, in milliseconds. */
  readonly at: number
}

export const REST: ShiftState = { count: 0, armed: false, at: 0 }

/** The state after one input. Anything but Shift, also while it is held, starts again from nothing: capitals are never counted. */
export function shiftNext(before: ShiftState, input: ShiftInput, now: number): ShiftState {
  const state = shiftExpired(before, now) ? { ...REST, armed: before.armed } : before
  if (input === 'other') return REST
  if (input === 'shift-down') return { ...state, armed: true }
  if (!state.armed) return state
  return { count: Math.min(state.count + 1, PRESSES) as ShiftState['count'], armed: false, at: now }
}

/** Whether presses were counted and the five seconds for the next one are over. */
export function shiftExpired(state: ShiftState, now: number): boolean {
  return state.count > 0 && now - state.at > PATIENCE_MS
}
