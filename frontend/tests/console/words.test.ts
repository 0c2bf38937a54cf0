import { beforeAll, describe, expect, it } from 'vitest'
import { LEVELS, TOPICS, topicId } from '../../src/console/cards'
import { REFUSALS, refusalId, refusalText } from '../../src/console/refusals'
import { FIRST_REPLY, REPLIES, replyAdd } from '../../src/console/replies'
import { SHORTCUTS } from '../../src/console/shortcuts'
import { PLACES } from '../../src/console/talks.svelte'
import { languagesLoad, languageUse, t, textIn } from '../../src/shared/fluent'

describe.each(['en', 'es'] as const)('the words, in %s', (language) => {
  beforeAll(() => languageUse(language, ['console']))
  const said = (id: string): boolean => t(id, { count: 2 }) !== id

  it('exist for whatever is put together from a table', () => {
    const ids = [
      ...LEVELS.map((level) => `console-level-${level}`),
      ...TOPICS.map(topicId),
      ...SHORTCUTS.map((one) => `console-act-${one.act}`),
      ...PLACES.map((place) => `console-place-${place}`),
      ...REPLIES.flatMap((reply) => [reply, `${reply}-name`]),
      ...REFUSALS.map(refusalId),
    ]
    expect(ids.filter((id) => !said(id))).toEqual([])
  })

  it('give each place a name that begins with its letter', () => {
    const letter = (text: string): string => text.normalize('NFD').charAt(0).toLowerCase()
    expect(PLACES.map((place) => letter(t(`console-place-${place}`)))).toEqual([...PLACES])
  })

  it('are general for a code that has none of its own, and one for all that is not believed', () => {
    expect(refusalText('nobody.knows')).toBe(t('console-refusal-unexpected'))
    expect(refusalText('trust.signature')).toBe(t('console-refusal-untrusted'))
  })
})

describe('prepared replies', () => {
  it('can be given in one language while the console speaks the other', async () => {
    await languageUse('en', ['console'])
    await languagesLoad()
    expect(textIn('es', FIRST_REPLY)).toContain('¿')
    expect(textIn('en', FIRST_REPLY)).toBe(t(FIRST_REPLY))
    for (const reply of REPLIES) expect(textIn('es', reply)).not.toBe(textIn('en', reply))
  })

  it('begin with the question whether it is safe', () => {
    expect(REPLIES[0]).toBe(FIRST_REPLY)
  })

  it('are added to what is written, never put in its place', () => {
    expect(replyAdd('', 'reply')).toBe('reply')
    expect(replyAdd('  \n', 'reply')).toBe('reply')
    expect(replyAdd('what I wrote ', 'reply')).toBe('what I wrote\nreply')
  })
})
