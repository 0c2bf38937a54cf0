import { describe, expect, it } from 'vitest'
import { shareLeft, spanOf, TIMERS } from '../../src/app/spans'
import { TIMER_MAX, TIMER_MIN } from '../../src/conversation/types'
import { choices } from '../support/random'

const SECONDS = { minutes: 60, hours: 3600, days: 86_400 }

describe('a length of time', () => {
  it('is said as people say it', () => {
    const said = [1, 300, 3540, 3600, 5400, 28_800, 86_400, 86_401, 172_800, 604_800].map((seconds) => {
      const { unit, count } = spanOf(seconds)
      return `${count} ${unit}`
    })
    expect(said).toEqual([
      '1 minutes',
      '5 minutes',
      '59 minutes',
      '1 hours',
      '2 hours',
      '8 hours',
      '1 days',
      '25 hours',
      '2 days',
      '7 days',
    ])
  })

  it('is never said shorter than it is, nor longer by more than one unit', () => {
    const random = choices(7)
    for (let round = 0; round < 2000; round++) {
      const seconds = 1 + random.below(TIMER_MAX)
      const { unit, count } = spanOf(seconds)
      const said = count * SECONDS[unit]
      expect(said).toBeGreaterThanOrEqual(seconds)
      expect(said - seconds).toBeLessThan(SECONDS[unit])
    }
  })

  it('is offered from the shortest to the longest that may be', () => {
    expect([TIMERS[0], TIMERS.at(-1)]).toEqual([TIMER_MIN, TIMER_MAX])
    expect([...TIMERS].sort((a, b) => a - b)).toEqual([...TIMERS])
  })
})

describe('what is left of a message', () => {
  it('goes from all to nothing, whatever the clocks say', () => {
    expect(shareLeft(100_000, 100, 0)).toBe(1)
    expect(shareLeft(100_000, 100, 50_000)).toBe(0.5)
    expect(shareLeft(100_000, 100, 100_000)).toBe(0)
    expect(shareLeft(100_000, 100, 200_000)).toBe(0)
    expect(shareLeft(900_000, 100, 0)).toBe(1)
  })
})
