import { describe, expect, it } from 'vitest'
import { Counters } from '../../src/conversation/counters'
import { choices } from '../support/random'

const counters = (): Counters => {
  const made = new Counters()
  made.add('ana', true)
  made.add('bea', true)
  return made
}

describe('what a member sends', () => {
  it('is counted from one, and a gap is told once', () => {
    const mine = counters()
    expect([mine.receive('ana', 1, 5), mine.receive('ana', 2, 6), mine.receive('ana', 5, 9)]).toEqual([0, 0, 2])
    expect(mine.receive('ana', 6, 10)).toBe(0)
    expect(mine.lastOf('ana')).toBe(10)
  })

  it('is refused where its number was used before', () => {
    const mine = counters()
    mine.receive('ana', 3, 1)
    expect([mine.receive('ana', 3, 2), mine.receive('ana', 1, 3)]).toEqual([null, null])
  })

  it('begins anywhere for one who was here before', () => {
    const mine = new Counters()
    mine.add('ana', false)
    expect([mine.receive('ana', 17, 1), mine.receive('ana', 19, 2)]).toEqual([0, 1])
  })
})

describe('what a member has seen', () => {
  it('confirms the own messages up to there, but none that was not sent', () => {
    const mine = counters()
    mine.kept(1)
    mine.kept(2)
    mine.confirm('ana', 'me', new Map([['me', 9]]))
    mine.kept(3)
    expect([1, 2, 3].map((n) => mine.isConfirmed(n))).toEqual([true, true, false])
  })

  it('confirms nothing from before it came', () => {
    const mine = counters()
    mine.kept(1)
    mine.remove('ana')
    mine.remove('bea')
    mine.add('ana again', true)
    mine.kept(2)
    mine.confirm('ana again', 'me', new Map([['me', 2]]))
    expect([1, 2].map((n) => mine.isConfirmed(n))).toEqual([false, true])
  })

  it('tells what of others did not come here, once', () => {
    const mine = counters()
    mine.receive('bea', 1, 1)
    expect(mine.confirm('ana', 'me', new Map([['bea', 3]]))).toEqual([{ mark: 'bea', missing: 2 }])
    expect(mine.confirm('ana', 'me', new Map([['bea', 3]]))).toEqual([])
    expect(mine.confirm('ana', 'me', new Map([['a stranger', 3]]))).toEqual([])
  })
})

it('a refused message leaves no gap', () => {
  const mine = counters()
  expect(mine.next).toBe(1)
  expect(mine.next).toBe(1)
  mine.kept(1)
  expect(mine.next).toBe(2)
})

it('counts are the same after they were written down, whatever happened before', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = choices(seed)
    const live = counters()
    let kept = counters()
    for (let step = 0; step < 30; step++) {
      const [mark, number, what] = [random.pick(['ana', 'bea', 'carla']), random.below(12) + 1, random.below(5)]
      const told = [live, kept].map((one) => {
        if (what === 0) return one.receive(mark, number, step)
        if (what === 1) return one.confirm(mark, 'me', new Map([['me', number]]))
        if (what === 2) return one.add(mark, number % 2 === 0)
        return what === 3 ? one.remove(mark) : one.kept(number)
      })
      expect(told[0]).toEqual(told[1])
      kept = Counters.fromKept(JSON.parse(JSON.stringify(kept.toKept())) as ReturnType<Counters['toKept']>)
    }
    expect(kept.toKept()).toEqual(live.toKept())
  }
})
