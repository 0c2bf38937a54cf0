import { describe, expect, it } from 'vitest'
import { sendsByKey } from '../../src/app/keys'
import { inLanguage } from '../../src/app/organisations'
import { wordsProblem } from '../../src/app/words'

describe('typed return words', () => {
  const six = ['river', 'lemon', 'window', 'garden', 'paper', 'winter']

  it('are in order when all six are known', () => {
    expect(wordsProblem(six.join(' '), six)).toBeNull()
  })

  it('name the first that no list knows, and count the others', () => {
    const read = six.map((word, index) => (index === 1 || index === 4 ? null : word))
    expect(wordsProblem(' River,  LEMMON window garden papper winter ', read)).toEqual({
      kind: 'unknown',
      word: 'lemmon',
      more: 1,
    })
  })

  it('say how many there are where it is not six', () => {
    expect(wordsProblem('river lemon', ['river', 'lemon'])).toEqual({ kind: 'count', count: 2 })
  })
})

describe('a text of an organisation', () => {
  it('is shown in the language that is read, where it was written', () => {
    expect(inLanguage({ en: 'House', es: 'Casa' }, 'es')).toEqual({ text: 'Casa', language: 'es' })
  })

  it('is otherwise shown in another, and says in which', () => {
    expect(inLanguage({ es: 'Casa', en: ' ' }, 'en')).toEqual({ text: 'Casa', language: 'es' })
    expect(inLanguage({ fr: 'Maison' }, 'en')).toEqual({ text: 'Maison', language: 'fr' })
  })

  it('is empty where it was never written', () => {
    expect(inLanguage({}, 'en').text).toBe('')
  })
})

describe('the Enter key', () => {
  const enter = { key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false, isComposing: false }

  it('sends where there is a keyboard, and begins a line on a phone', () => {
    expect(sendsByKey(enter, true)).toBe(true)
    expect(sendsByKey(enter, false)).toBe(false)
  })

  it('begins a line with Shift, and sends with Control on any device', () => {
    expect(sendsByKey({ ...enter, shiftKey: true }, true)).toBe(false)
    expect(sendsByKey({ ...enter, ctrlKey: true }, false)).toBe(true)
  })

  it('never sends a word that an input method is still composing', () => {
    expect(sendsByKey({ ...enter, isComposing: true }, true)).toBe(false)
  })
})
