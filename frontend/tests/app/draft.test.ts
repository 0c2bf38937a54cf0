import { describe, expect, it } from 'vitest'
import { askOf, draftEmpty, regionOf, TOPICS, TOPICS_MOST, topicTouch, type Topic } from '../../src/app/draft'
import { countriesIn, US_STATES } from '../../src/app/regions'
import { choices } from '../support/random'

/** As the server checks it (backend/hotline/labels.py). */
const REGION = /^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$/

describe('what a person chooses to tell', () => {
  it('is nothing at all before it is said how soon', () => {
    expect(askOf(draftEmpty('en'))).toBeNull()
  })

  it('needs nothing but how soon', () => {
    expect(askOf({ ...draftEmpty('es'), level: 'talk' })).toEqual({
      level: 'talk',
      topics: [],
      region: '',
      language: 'es',
      text: '',
    })
  })

  it('has at most five topics, none twice, whatever is touched', () => {
    const random = choices(11)
    let topics: readonly Topic[] = []
    for (let round = 0; round < 500; round++) {
      const topic = random.pick(TOPICS)
      const before = topics
      topics = topicTouch(topics, topic)
      expect(topics.length).toBeLessThanOrEqual(TOPICS_MOST)
      expect(new Set(topics).size).toBe(topics.length)
      if (before.includes(topic)) expect(topics).not.toContain(topic)
    }
  })

  it('names a place as the server reads it, for every country and state that is offered', () => {
    for (const { code } of countriesIn('en')) expect(regionOf({ country: code, state: '' })).toMatch(REGION)
    for (const state of US_STATES) expect(regionOf({ country: 'US', state })).toBe(`US-${state}`)
  })

  it('forgets the state when the country is another', () => {
    expect(regionOf({ country: 'MX', state: 'TX' })).toBe('MX')
    expect(regionOf({ country: '', state: 'TX' })).toBe('')
  })

  it('offers every country once, by name, in the order of the language', () => {
    for (const language of ['en', 'es']) {
      const names = countriesIn(language).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      expect(names.filter((name) => /^[A-Z]{2}$/.test(name))).toEqual([])
      expect([...names].sort(new Intl.Collator(language).compare)).toEqual(names)
    }
  })
})
