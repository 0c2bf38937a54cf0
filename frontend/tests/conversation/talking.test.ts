import { describe, expect, it } from 'vitest'
import { kinds, Stage, texts } from '../support/talk'
import { until } from '../support/virtual_time'

describe('a survivor and an advocate', () => {
  it('meet by a Welcome and talk both ways', async () => {
    const stage = await Stage.make()
    const { line, talk, survivor, advocate } = await stage.talk()
    expect(talk.note).toEqual({ text: 'Something does not feel right.', language: 'en' })
    advocate.sendText('Is it safe to talk?')
    await until(() => texts(survivor).length === 1)
    survivor.sendText('Yes.')
    await until(() => texts(advocate).length === 2)
    await stage.quiet()
    expect(survivor.state.messages.map(({ text, state }) => [text, state])).toEqual([
      ['Is it safe to talk?', 'seen'],
      ['Yes.', 'seen'],
    ])
    expect(advocate.state.messages.map(({ text, state }) => [text, state])).toEqual([
      ['Is it safe to talk?', 'seen'],
      ['Yes.', 'seen'],
    ])
    expect(kinds(survivor)).toEqual(['joined', 'timer_changed'])
    expect(kinds(advocate)).toEqual(['joined'])
    expect(survivor.state.safetyNumber).toBe(advocate.state.safetyNumber)
    line.destroy()
    talk.destroy()
  })
})
