import { describe, expect, it } from 'vitest'
import { ENDING_SOON, mayWork, standingOf } from '../../src/console/standing'

const NOW = 1_790_000_000
const at = (notAfter: number | null, requested = true, revoked = false, unknown = false) =>
  standingOf({ notAfter, requested, revoked, unknown }, NOW)

describe('how a browser stands', () => {
  it.each([
    ['none', at(null, false)],
    ['requested', at(null)],
    ['certified', at(NOW + ENDING_SOON + 1)],
    ['ending', at(NOW + ENDING_SOON)],
    ['ending', at(NOW + 1)],
    ['ended', at(NOW)],
    ['revoked', at(NOW + ENDING_SOON * 2, true, true)],
    ['unknown', at(0, false, false, true)],
  ] as const)('is %s', (expected, found) => {
    expect(found).toBe(expected)
  })

  it('lets nobody work without a certificate that holds', () => {
    const standings = [at(null, false), at(null), at(NOW), at(NOW + 9, true, true), at(NOW + 9, true, false, true)]
    expect(standings.map(mayWork)).toEqual([false, false, false, false, false])
    expect(mayWork(at(NOW + 1))).toBe(true)
  })
})
