/**
 * Which screen the console shows, as one table. What is not in it does not happen.
 *
 * `expired` keeps the desk underneath alive: conversations hang on their own seats, not on the session, so nothing is torn
 * down while the advocate logs in again.
 */
export type Screen = 'starting' | 'unreachable' | 'setup' | 'login' | 'desk' | 'expired' | 'stranger'
export type Happening =
  | 'invited' // the page was opened from an invitation link
  | 'no-session'
  | 'session'
  | 'other-session' // somebody else logged in over a desk that still holds conversations
  | 'no-answer'
  | 'again'
  | 'session-lost'
  | 'logged-out'

type Row = `${Screen} ${Happening}`

const NEXT: Partial<Record<Row, Screen>> = {
  'starting invited': 'setup',
  'starting no-session': 'login',
  'starting session': 'desk',
  'starting no-answer': 'unreachable',
  'unreachable again': 'starting',
  'setup session': 'desk',
  'setup logged-out': 'login',
  'login session': 'desk',
  'login invited': 'setup',
  'desk session-lost': 'expired',
  'desk logged-out': 'login',
  'expired session': 'desk',
  'expired other-session': 'stranger',
  'expired logged-out': 'login',
  'stranger logged-out': 'login',
}

/** The screen after `happening`; the same screen where the table says nothing. */
export function screenNext(screen: Screen, happening: Happening): Screen {
  return NEXT[`${screen} ${happening}`] ?? screen
}

/** Whether the desk, with its conversations, lives on this screen (shown or underneath). */
export function deskLives(screen: Screen): boolean {
  return screen === 'desk' || screen === 'expired' || screen === 'stranger'
}
