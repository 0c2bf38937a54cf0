import { describe, expect, it } from 'vitest'
import {
  DAY,
  DAYS_AHEAD,
  daysAhead,
  keyIdFits,
  keyIdNew,
  spansMissing,
  type KnownKey,
} from '../../src/console/intake_plan'
import type { Bytes } from '../../src/net/bytes'

const NOW = 1_790_000_000
const MARK: Bytes = new Uint8Array(8).fill(1)
const OTHER: Bytes = new Uint8Array(8).fill(2)
const WEEK_ON = NOW + 7 * DAY

const key = (day: number, issuerUntil = WEEK_ON, mark = MARK): KnownKey => {
  const span = daysAhead(NOW)[day]
  if (span === undefined) throw new RangeError('no such day')
  return { ...span, keyId: keyIdNew(mark), issuerUntil }
}
const everyDay = (): KnownKey[] => daysAhead(NOW).map((_, day) => key(day))

describe('the intake keys that are missing', () => {
  it('are one for today and each of the next days, from midnight to midnight', () => {
    const missing = spansMissing([], MARK, NOW, NOW + 30 * DAY)
    expect(missing).toHaveLength(DAYS_AHEAD)
    expect(missing.every((span) => span.notBefore % DAY === 0 && span.notAfter - span.notBefore === DAY)).toBe(true)
    expect(missing[0]?.notBefore).toBeLessThanOrEqual(NOW)
    expect(missing[0]?.notAfter).toBeGreaterThan(NOW)
  })

  it('are none where each day has one', () => {
    expect(spansMissing(everyDay(), MARK, NOW, WEEK_ON)).toEqual([])
  })

  it('are only those of the day that has none', () => {
    const held = everyDay()
    const [gone] = held.splice(3, 1)
    expect(spansMissing(held, MARK, NOW, WEEK_ON)).toEqual([{ notBefore: gone?.notBefore, notAfter: gone?.notAfter }])
  })

  it('are all of them after a revocation, which changes the mark', () => {
    expect(spansMissing(everyDay(), OTHER, NOW, WEEK_ON)).toHaveLength(DAYS_AHEAD)
  })

  it('are not made for days on which the maker is no longer certified', () => {
    expect(spansMissing([], MARK, NOW, NOW + 60)).toHaveLength(1)
  })

  it('count a key whose maker is certified less long than this device as missing', () => {
    const short = key(0, NOW + 60)
    expect(spansMissing([short, ...everyDay().slice(1)], MARK, NOW, WEEK_ON)).toHaveLength(1)
    expect(spansMissing([short, ...everyDay().slice(1)], MARK, NOW, NOW + 60)).toHaveLength(0)
  })

  it('are made under a mark that their id shows', () => {
    const id = keyIdNew(MARK)
    expect(id).toHaveLength(16)
    expect([keyIdFits(id, MARK), keyIdFits(id, OTHER)]).toEqual([true, false])
    expect(keyIdNew(MARK)).not.toEqual(id)
  })
})
