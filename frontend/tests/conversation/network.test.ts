import { describe, expect, it } from 'vitest'
import { kinds, Stage, states, texts } from '../support/talk'
import { settled, until } from '../support/virtual_time'

const DAY = 86_400_000

describe('a connection that comes and goes', () => {
  it('loses nothing, and sends what was written meanwhile', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.down = true
    stage.relay.cut()
    await settled()
    expect(survivor.state.connection).toBe('offline')
    survivor.sendText('Written offline.')
    advocate.sendText('Me too.')
    await stage.time.advance(30_000)
    expect(states(survivor)).toEqual([['Written offline.', 'sending']])
    stage.relay.down = false
    survivor.wake()
    advocate.wake()
    await until(() => texts(survivor).length === 2 && texts(advocate).length === 2)
    await stage.quiet()
    expect(new Set(states(survivor).map(([, state]) => state))).toEqual(new Set(['seen']))
    expect([...kinds(survivor), ...kinds(advocate)]).not.toContain('order_broken')
  })

  it('goes over plain HTTPS where sockets do not get through', async () => {
    const stage = await Stage.make()
    stage.relay.refuseSockets = true
    const line = await stage.ask()
    const claiming = (await stage.console(await stage.organisation.staff('Ana'))).claim()
    await stage.time.advance(5_000)
    const talk = await claiming
    await stage.time.advance(5_000)
    expect(line.state.phase).toBe('talking')
    const survivor = line.state.conversation!
    survivor.sendText('Through.')
    talk.conversation.sendText('I read you.')
    await stage.quiet()
    expect([texts(survivor), texts(talk.conversation)].map((said) => said.sort())).toEqual([
      ['I read you.', 'Through.'],
      ['I read you.', 'Through.'],
    ])
    line.destroy()
    talk.destroy()
  })

  it('that is dead without a word is noticed when the page is shown again', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.deafen()
    advocate.wake()
    stage.time.jump(60_000)
    survivor.wake()
    advocate.wake()
    await stage.time.advance(1_000)
    advocate.sendText('Are you there?')
    await stage.quiet()
    expect(texts(survivor)).toEqual(['Are you there?'])
  })

  it('survives every cut at every moment, and both sides agree in the end', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    for (let round = 0; round < 12; round++) {
      survivor.sendText(`s${round}`)
      advocate.sendText(`a${round}`)
      for (let ticks = 0; ticks < round; ticks++) await new Promise((resolve) => setImmediate(resolve))
      stage.relay.cut()
      await stage.time.advance(2_000)
    }
    await stage.time.advance(20_000)
    const all = Array.from({ length: 12 }, (_, round) => [`a${round}`, `s${round}`]).flat()
    expect(texts(survivor).sort()).toEqual([...all].sort())
    expect(texts(advocate).sort()).toEqual([...all].sort())
    expect([...kinds(survivor), ...kinds(advocate)]).toEqual(['joined', 'timer_changed', 'joined'])
  })
})

describe('messages that nobody fetched', () => {
  it('expire, and that is told from a loss', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.silence(1)
    await settled()
    advocate.sendText('An hour only.')
    await stage.quiet()
    expect(advocate.state.timer).toBe(3_600)
    stage.time.jump(DAY + 60_000)
    stage.relay.silence(null)
    await stage.time.advance(60_000)
    advocate.sendText('Welcome back.')
    await stage.quiet()
    expect(texts(survivor)).toEqual(['Welcome back.'])
    expect(survivor.state.notices.filter(({ kind }) => kind === 'missing')).toMatchObject([
      { count: 1, cause: 'expired', from: advocate.state.me },
    ])
  })
})
