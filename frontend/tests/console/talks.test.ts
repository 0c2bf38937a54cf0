import { describe, expect, it } from 'vitest'
import { lineOf, PLACES, Talks } from '../../src/console/talks.svelte'
import { held, joinedAt, message } from './held'

const six = (): { talks: Talks; made: ReturnType<typeof held>[] } => {
  const talks = new Talks()
  const made = PLACES.map((_, index) => held(`t${index}`))
  for (const one of made) talks.add(one.held, '')
  return { talks, made }
}

describe('several conversations', () => {
  it('have a place each, and keep it while others come and go', () => {
    const { talks } = six()
    expect(talks.open.map((one) => one.place)).toEqual(PLACES)
    expect(talks.full).toBe(true)
    talks.remove(talks.open[2]!)
    expect(talks.open.map((one) => one.place)).toEqual(['a', 'b', 'd', 'e', 'f'])
    talks.add(held('new').held, '')
    expect(talks.open.map((one) => one.place)).toEqual(PLACES)
    expect(talks.open[2]?.id).toBe('new')
  })

  it('are no more than there are places', () => {
    const { talks } = six()
    expect(() => talks.add(held('more').held, '')).toThrow(RangeError)
  })

  it('are gone round in both directions', () => {
    const { talks } = six()
    expect(talks.current?.place).toBe('f')
    talks.step(1)
    expect(talks.current?.place).toBe('a')
    talks.step(-1)
    expect(talks.current?.place).toBe('f')
  })

  it('give the screen to a neighbour when the one that is shown is put away, and are forgotten', () => {
    const { talks, made } = six()
    talks.show(talks.open[1]!)
    talks.remove(talks.open[1]!)
    expect(talks.current?.place).toBe('c')
    expect(made[1]?.acts).toEqual(['unsubscribed', 'destroyed'])
    while (talks.current) talks.remove(talks.current)
    expect([talks.open.length, talks.current]).toEqual([0, null])
  })

  it('are all destroyed at once when the desk goes', () => {
    const { talks, made } = six()
    talks.destroy()
    expect(made.every((one) => one.acts.includes('destroyed'))).toBe(true)
    expect(talks.current).toBeNull()
  })

  it('keep each what is being written in it', () => {
    const talks = new Talks()
    const [one, other] = [held('one'), held('other')]
    talks.add(one.held, 'for one')
    talks.add(other.held, '')
    talks.current!.draft = 'for the other'
    talks.step(1)
    expect(talks.current?.draft).toBe('for one')
    talks.current!.send()
    expect([one.acts, other.acts]).toEqual([['send for one'], []])
  })
})

describe('one conversation', () => {
  it('sends what is written, once where that was chosen, and begins afresh', () => {
    const talks = new Talks()
    const one = held('one')
    talks.add(one.held, '')
    const talk = talks.current!
    talk.draft = 'only once'
    talk.once = true
    talk.send()
    expect(one.acts).toEqual(['send only once once'])
    expect([talk.draft, talk.once]).toEqual(['', false])
  })

  it('starts the timers of what was seen, but not of what is still to be opened', () => {
    const talks = new Talks()
    const one = held('one')
    talks.add(one.held, '')
    one.show({
      messages: [message('a'), message('b', { readAt: 5 }), message('c', { once: true }), message('d', { mine: true })],
    })
    expect(talks.current?.unread).toBe(2)
    talks.current!.markSeen()
    expect(one.acts).toEqual(['read a'])
  })

  it('offers replies in English where the person’s language is not ours', () => {
    const talks = new Talks()
    talks.add(held('one', { language: 'es-MX' }).held, '')
    expect(talks.current?.language).toBe('es')
    talks.add(held('two', { language: 'fr' }).held, '')
    expect(talks.current?.language).toBe('en')
  })

  it('tells messages and notices in the order in which they happened', () => {
    const line = lineOf([message('a', { at: 10 }), message('b', { at: 30 })], [joinedAt(1, 10), joinedAt(2, 20)])
    expect(line.map((one) => (one.kind === 'message' ? one.message.id : one.notice.number))).toEqual([1, 'a', 2, 'b'])
  })
})

describe('what was erased', () => {
  it('takes along what the person wrote while waiting', () => {
    const talks = new Talks()
    const made = held('t', { note: 'My boss keeps my passport.' })
    talks.add(made.held, '')
    const talk = talks.open[0]!
    expect(talk.burned).toBe(false)
    made.show({ notices: [{ kind: 'burned', by: 'person', mine: false, number: 1, at: 0 }] })
    expect(talk.burned).toBe(true)
  })
})
