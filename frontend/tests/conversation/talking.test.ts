import { describe, expect, it } from 'vitest'
import { Conversation, TextRefused } from '../../src/conversation/engine'
import { CONFIRM_WITHIN } from '../../src/conversation/receipts'
import { TEXT_LIMIT } from '../../src/conversation/types'
import { kinds, Stage, states, texts } from '../support/talk'
import { until } from '../support/virtual_time'

const MINUTE = 60_000
const DAY = 86_400_000

describe('a survivor and an advocate', () => {
  it('meet by a Welcome and talk both ways, and each learns what the other has opened', async () => {
    const stage = await Stage.make()
    const { talk, survivor, advocate } = await stage.talk()
    expect(talk.note).toEqual({ text: 'Something does not feel right.', language: 'en' })
    advocate.sendText('Is it safe to talk?')
    await until(() => texts(survivor).length === 1)
    survivor.sendText('Yes.')
    await until(() => texts(advocate).length === 2)
    await stage.quiet()
    for (const side of [survivor, advocate]) {
      expect(states(side)).toEqual([
        ['Is it safe to talk?', 'seen'],
        ['Yes.', 'seen'],
      ])
    }
    expect(kinds(survivor)).toEqual(['joined', 'timer_changed'])
    expect(kinds(advocate)).toEqual(['joined'])
    expect(survivor.state.members.map(({ identity }) => identity.kind)).toEqual(['staff', 'pseudonym'])
    expect(survivor.state.safetyNumber).toBe(advocate.state.safetyNumber)
  })

  it('need not be there at the same moment', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    stage.hotline.down = true
    const console = await stage.console(await stage.organisation.staff('Ana'))
    await stage.time.advance(40_000)
    expect(line.state.reachable).toBe(false)
    stage.hotline.down = false
    const { conversation } = await console.claim()
    conversation.sendText('I am here when you are.')
    await stage.quiet()
    expect(states(conversation)).toEqual([['I am here when you are.', 'stored']])
    line.wake()
    await until(() => line.state.phase === 'talking')
    await until(() => texts(line.state.conversation!).length === 1)
    await stage.quiet()
    expect(states(conversation)).toEqual([['I am here when you are.', 'seen']])
    expect(line.state.reachable).toBe(true)
  })

  it('see their messages in one order, however fast they write', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    for (let index = 0; index < 8; index++) {
      survivor.sendText(`s${index}`)
      advocate.sendText(`a${index}`)
    }
    await until(() => texts(survivor).length === 16 && texts(advocate).length === 16)
    const theirs = (side: Conversation): string[] =>
      side.state.messages.filter(({ mine }) => !mine).map(({ text }) => text)
    expect(theirs(survivor)).toEqual(Array.from({ length: 8 }, (_, index) => `a${index}`))
    expect(theirs(advocate)).toEqual(Array.from({ length: 8 }, (_, index) => `s${index}`))
    await stage.quiet()
    expect(new Set(states(survivor).map(([, state]) => state))).toEqual(new Set(['seen']))
    expect(kinds(survivor)).not.toContain('missing')
  })

  it('fall silent once everything is told', async () => {
    const stage = await Stage.make()
    const { survivor } = await stage.talk()
    survivor.sendText('One.')
    await stage.quiet()
    const { head } = stage.log
    await stage.time.advance(10 * MINUTE)
    expect(stage.log.head).toBe(head)
  })

  it('are told when nobody opened a message for a while, and when somebody did after all', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    advocate.destroy()
    survivor.sendText('Are you there?')
    await stage.time.advance(CONFIRM_WITHIN)
    expect(states(survivor)).toEqual([['Are you there?', 'not_confirmed']])
    expect(survivor.state.notices.at(-1)).toMatchObject({
      kind: 'not_confirmed',
      message: survivor.state.messages[0]!.id,
    })
  })

  it('cannot send what is empty, too long, or after the end', async () => {
    const stage = await Stage.make()
    const { survivor } = await stage.talk()
    expect(() => survivor.sendText('  ')).toThrow(TextRefused)
    expect(() => survivor.sendText('a'.repeat(TEXT_LIMIT + 1))).toThrow(TextRefused)
    survivor.destroy()
    expect(() => survivor.sendText('late')).toThrow(TextRefused)
  })
})

describe('a timer', () => {
  it('counts for the sender from sending and for the reader from reading', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    expect([survivor.state.timer, advocate.state.timer]).toEqual([3600, 3600])
    survivor.sendText('Not for ever.')
    await until(() => texts(advocate).length === 1)
    await stage.time.advance(40 * MINUTE)
    advocate.markRead(advocate.state.messages[0]!.id)
    await stage.time.advance(21 * MINUTE)
    expect([texts(survivor), texts(advocate)]).toEqual([[], ['Not for ever.']])
    await stage.time.advance(40 * MINUTE)
    expect(texts(advocate)).toEqual([])
  })

  it('that nobody starts by reading ends after the longest time there is', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    survivor.sendText('Unread.')
    await until(() => texts(advocate).length === 1)
    advocate.markRead('no such message')
    stage.time.jump(7 * DAY - MINUTE)
    await stage.time.advance(0)
    expect(texts(advocate)).toEqual(['Unread.'])
    await stage.time.advance(2 * MINUTE)
    expect(texts(advocate)).toEqual([])
  })

  it('that one side sets is seen by both and counts for what follows', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    advocate.sendText('Before.')
    await until(() => texts(survivor).length === 1)
    survivor.setTimer(300)
    await until(() => advocate.state.timer === 300)
    expect(survivor.state.notices.at(-1)).toMatchObject({ kind: 'timer_changed', mine: true, seconds: 300 })
    expect(advocate.state.notices.at(-1)).toMatchObject({ kind: 'timer_changed', mine: false, seconds: 300 })
    advocate.sendText('After.')
    await until(() => texts(survivor).length === 2)
    for (const { id } of survivor.state.messages) survivor.markRead(id)
    await stage.time.advance(6 * MINUTE)
    expect([texts(survivor), texts(advocate)]).toEqual([['Before.'], ['Before.']])
    expect(() => survivor.setTimer(299)).toThrow(RangeError)
  })
})

describe('a message', () => {
  it('that is to be viewed once is gone when it is closed', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    const id = survivor.sendText('The address.', { once: true })
    const other = survivor.sendText('Another.')
    await until(() => texts(advocate).length === 2)
    advocate.markRead(id)
    advocate.closeOnce(other)
    expect(texts(advocate)).toEqual(['The address.', 'Another.'])
    advocate.closeOnce(id)
    expect(texts(advocate)).toEqual(['Another.'])
  })

  it('is gone from every screen and from the server when somebody burns', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    survivor.sendText('One.')
    advocate.sendText('Two.')
    await until(() => texts(survivor).length === 2 && texts(advocate).length === 2)
    advocate.burn()
    expect(texts(advocate)).toEqual([])
    await until(() => texts(survivor).length === 0)
    advocate.sendText('After.')
    await until(() => texts(survivor).length === 1)
    await stage.quiet()
    expect(survivor.state.notices.filter(({ kind }) => kind === 'burned')).toMatchObject([{ mine: false }])
    expect(kinds(survivor)).not.toContain('missing')
    const readable = stage.log.log.filter(({ kind, erased }) => kind === 1 && !erased)
    expect(readable).toEqual([])
  })

  it('that was burned before the other fetched it is not taken for a lost one', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.silence(0)
    survivor.sendText('Too much.')
    await stage.quiet()
    survivor.burn()
    await stage.quiet()
    stage.relay.silence(null)
    survivor.sendText('Better.')
    await stage.time.advance(10_000)
    await until(() => texts(advocate).length === 1)
    expect(texts(advocate)).toEqual(['Better.'])
    expect(kinds(advocate)).not.toContain('missing')
  })
})

describe('a conversation that is over', () => {
  it('ends for both when one closes it, and is erased at the server', async () => {
    const stage = await Stage.make()
    const { line, talk, survivor, advocate } = await stage.talk()
    survivor.sendText('Thank you.')
    await until(() => texts(advocate).length === 1)
    await survivor.close()
    await until(() => advocate.state.connection === 'ended')
    expect(kinds(survivor).at(-1)).toBe('closed')
    expect(kinds(advocate).at(-1)).toBe('closed')
    expect(line.state.phase).toBe('closed')
    await until(() => stage.hotline.request.state === 'closed')
    expect(stage.hotline.request.note).toBe('')
    await talk.close()
    expect(texts(advocate)).toEqual([])
  })

  it('says so when the server ends a seat', async () => {
    const stage = await Stage.make()
    const { survivor } = await stage.talk()
    stage.relay.end(stage.log)
    await until(() => survivor.state.connection === 'ended')
    expect(kinds(survivor).at(-1)).toBe('ended')
  })
})

describe('fresh keys', () => {
  const commits = (stage: Stage): number => stage.log.log.filter(({ kind }) => kind === 2).length

  it('come from both sides every 24 hours, and both go on talking', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    expect(commits(stage)).toBe(1)
    await stage.time.advance(DAY + MINUTE)
    expect(commits(stage)).toBe(3)
    survivor.sendText('Still here.')
    await until(() => texts(advocate).length === 1)
    expect(kinds(advocate)).toEqual(['joined'])
  })

  it('come after a hundred own messages', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    for (let index = 0; index < 100; index++) survivor.sendText(`${index}`)
    await until(() => texts(advocate).length === 100)
    await stage.quiet()
    expect(commits(stage)).toBe(2)
    survivor.sendText('And on.')
    await until(() => texts(advocate).length === 101)
  })
})
