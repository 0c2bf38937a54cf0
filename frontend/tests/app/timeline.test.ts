import { describe, expect, it } from 'vitest'
import { timelineOf, type Item } from '../../src/app/timeline'
import type { Message, Notice } from '../../src/conversation/types'
import { message } from '../../stories/support/facts'
import { choices } from '../support/random'

const at = (id: string, when: number, from = 'ana'): Message => ({ ...message(id, 0, id), at: when, from })
const notice = (number: number, when: number): Notice => ({ kind: 'unreadable', number, at: when })
const day = (when: number): string => String(Math.floor(when / 100))
const keys = (items: readonly Item[]): string[] => items.map(({ key }) => key)

describe('the timeline', () => {
  it('puts messages and notices in the order of time', () => {
    const items = timelineOf([at('a', 10), at('b', 30)], [notice(1, 5), notice(2, 20)], day)
    expect(keys(items)).toEqual(['notice 1', 'a', 'notice 2', 'b'])
  })

  it('says where another day begins, and not where the first one does', () => {
    const items = timelineOf([at('a', 10), at('b', 110), at('c', 120)], [notice(1, 250)], day)
    expect(keys(items)).toEqual(['a', 'day 1', 'b', 'c', 'day 2', 'notice 1'])
  })

  it('names a sender once for messages in a row, and again after anything came between', () => {
    const items = timelineOf(
      [at('a', 1), at('b', 2), at('c', 5), at('d', 6, 'ruth'), at('e', 107)],
      [notice(1, 4)],
      day,
    )
    const named = items.flatMap((item) => (item.kind === 'message' && item.first ? [item.key] : []))
    expect(named).toEqual(['a', 'c', 'd', 'e'])
  })

  it('keeps everything, each once and each kind in its own order, whatever the times are', () => {
    const random = choices(3)
    for (let round = 0; round < 200; round++) {
      const times = (): number[] =>
        Array.from({ length: random.below(8) }, () => random.below(500)).sort((a, b) => a - b)
      const messages = times().map((when, index) => at(`m${index}`, when))
      const notices = times().map((when, index) => notice(index + 1, when))
      const items = timelineOf(messages, notices, day)
      expect(items.flatMap((item) => (item.kind === 'message' ? [item.message] : []))).toEqual(messages)
      expect(items.flatMap((item) => (item.kind === 'notice' ? [item.notice] : []))).toEqual(notices)
      expect(new Set(keys(items)).size).toBe(items.length)
    }
  })
})
