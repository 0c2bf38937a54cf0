import { describe, expect, it } from 'vitest'
import { spanOf, TIMERS } from '../../src/console/durations'
import { TIMER_MAX, TIMER_MIN } from '../../src/conversation/types'

describe('lengths of time', () => {
  it.each([
    [0, 'seconds', 1],
    [59.2, 'seconds', 60],
    [300, 'minutes', 5],
    [3_600, 'hours', 1],
    [86_400, 'days', 1],
    [90_000, 'hours', 25],
    [172_800, 'days', 2],
    [604_800, 'days', 7],
  ] as const)('%d seconds are told in %s', (seconds, unit, count) => {
    expect(spanOf(seconds)).toEqual({ unit, count })
  })

  it('offers timers that the protocol allows, from the shortest to the longest', () => {
    expect(TIMERS[0]).toBe(TIMER_MIN)
    expect(TIMERS.at(-1)).toBe(TIMER_MAX)
    expect([...TIMERS].sort((one, other) => one - other)).toEqual(TIMERS)
  })
})
