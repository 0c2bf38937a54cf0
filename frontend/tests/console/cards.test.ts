import { describe, expect, it } from 'vitest'
import { cardsOrdered, LEVELS, TOPICS, waitOf } from '../../src/console/cards'
import type { Card, Level } from '../../src/console/staff'
import { choices } from '../support/random'

const card = (id: string, level: Level, since: number): Card => ({
  id,
  level,
  since,
  state: 'waiting',
  language: 'en',
  topics: [],
  region: '',
  reopened: 0,
})

describe('the queue', () => {
  it('shows the most pressing first, then who waits longest', () => {
    const cards = [card('a', 'talk', 1), card('b', 'now', 9), card('c', 'soon', 2), card('d', 'now', 3)]
    expect(cardsOrdered(cards).map((one) => one.id)).toEqual(['d', 'b', 'c', 'a'])
  })

  it('keeps one order whatever order the server answers in', () => {
    const random = choices(7)
    const cards = Array.from({ length: 40 }, (_, index) => card(`${index}`, random.pick(LEVELS), random.below(5)))
    const expected = cardsOrdered(cards)
    for (let round = 0; round < 20; round++) {
      const shuffled = [...cards].sort(() => random.real() - 0.5)
      expect(cardsOrdered(shuffled)).toEqual(expected)
    }
  })

  it('moves nobody who is already shown when somebody arrives', () => {
    const before = [card('a', 'now', 5), card('b', 'soon', 6), card('c', 'talk', 7)]
    const after = cardsOrdered([card('new', 'soon', 99), ...before]).filter((one) => one.id !== 'new')
    expect(after).toEqual(cardsOrdered(before))
  })

  it('tells a wait in one unit, and none that has not begun', () => {
    const wait = (seconds: number) => waitOf(1000, (1000 + seconds) * 1000)
    expect(wait(-30)).toEqual({ unit: 'moment', count: 0 })
    expect(wait(59)).toEqual({ unit: 'moment', count: 0 })
    expect(wait(60)).toEqual({ unit: 'minutes', count: 1 })
    expect(wait(3600 * 5)).toEqual({ unit: 'hours', count: 5 })
    expect(wait(3600 * 72)).toEqual({ unit: 'days', count: 3 })
  })

  it('has words for each topic once', () => {
    expect(new Set(TOPICS).size).toBe(TOPICS.length)
  })
})
