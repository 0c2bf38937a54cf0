import { describe, expect, it } from 'vitest'
import { deskLives, screenNext, type Happening, type Screen } from '../../src/console/screens'

const SCREENS: Screen[] = ['starting', 'unreachable', 'setup', 'login', 'desk', 'expired', 'stranger']
const HAPPENINGS: Happening[] = [
  'invited',
  'no-session',
  'session',
  'other-session',
  'no-answer',
  'again',
  'session-lost',
  'logged-out',
]

describe('the screens', () => {
  it('keeps the desk alive while the person logs in again', () => {
    const expired = screenNext('desk', 'session-lost')
    expect(deskLives(expired)).toBe(true)
    expect(screenNext(expired, 'session')).toBe('desk')
  })

  it('never shows the desk of one person to another', () => {
    expect(screenNext('expired', 'other-session')).toBe('stranger')
    expect(screenNext('stranger', 'session')).toBe('stranger')
  })

  it('reaches the desk by a session only', () => {
    for (const screen of SCREENS.filter((one) => one !== 'desk'))
      for (const happening of HAPPENINGS.filter((one) => one !== 'session'))
        expect(screenNext(screen, happening), `${screen} ${happening}`).not.toBe('desk')
  })

  it('leads from every screen to the log-in, once the person logs out', () => {
    for (const screen of ['desk', 'expired', 'stranger', 'setup'] as const)
      expect(screenNext(screen, 'logged-out')).toBe('login')
  })
})
