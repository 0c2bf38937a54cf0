import { describe, expect, it } from 'vitest'
import { ClaimRefused } from '../../src/conversation/advocate'
import { ApiError } from '../../src/net/http'
import { kinds, Stage, texts } from '../support/talk'
import { settled, until } from '../support/virtual_time'

describe('a claim', () => {
  it('opens the note, makes the conversation, and says so', async () => {
    const stage = await Stage.make()
    await stage.ask({ language: 'es', text: 'Algo no va bien.' })
    const talk = await (await stage.console(await stage.organisation.staff('Ana'))).claim()
    expect(talk).toMatchObject({ id: stage.hotline.request.id, level: 'soon' })
    expect(talk.note).toEqual({ language: 'es', text: 'Algo no va bien.' })
    expect(stage.hotline.request.state).toBe('talking')
    expect(talk.conversation.state.connection).toBe('online')
  })

  it('of somebody whom another answers already is refused and changes nothing', async () => {
    const stage = await Stage.make()
    const { line } = await stage.talk()
    const late = await stage.console(await stage.organisation.staff('Bea'))
    await expect(late.claim()).rejects.toMatchObject({ code: 'hotline.already_claimed' })
    expect([line.state.phase, stage.hotline.reasons]).toEqual(['talking', []])
  })

  it('by a device without the intake key gives the request back at once', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const console = await stage.console(await stage.organisation.staff('Ana'))
    await expect(console.claim({ intakeKey: async () => null })).rejects.toMatchObject({
      code: 'console.no_intake_key',
    })
    expect(stage.hotline.reasons).toEqual(['mistake'])
    await until(() => line.state.phase === 'waiting')
  })

  it('whose conversation cannot be opened gives the request back', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const console = await stage.console(await stage.organisation.staff('Ana'))
    const calls = {
      ...stage.hotline.staffCalls,
      talking: () => Promise.reject(new ApiError('net.unreachable', 0)),
    }
    const refused: unknown = await console.claim({ calls }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ClaimRefused)
    expect(refused).toMatchObject({ code: 'console.not_opened' })
    expect(stage.hotline.reasons).toEqual(['lost'])
    await until(() => line.state.phase === 'waiting')
  })
})

describe('a conversation of an advocate', () => {
  it('that is closed ends for the person too, also where the last word does not get through', async () => {
    const stage = await Stage.make()
    const { line, talk } = await stage.talk()
    stage.relay.silence(0)
    await settled()
    const closing = talk.close()
    await stage.time.advance(6_000)
    await closing
    await until(() => line.state.phase === 'closed')
    expect(stage.hotline.request.state).toBe('closed')
  })

  it('that was withdrawn can be put away', async () => {
    const stage = await Stage.make()
    const { line, talk, advocate } = await stage.talk()
    await line.withdraw()
    await until(() => advocate.state.connection === 'ended')
    await talk.close()
    expect(texts(advocate)).toEqual([])
  })

  it('goes on after the person came back, who cannot be told from a stranger but by the rejoin key', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    const before = survivor.state.me
    await survivor.rejoin()
    await stage.quiet()
    expect(survivor.state.me).not.toBe(before)
    expect(advocate.state.members.map(({ mark }) => mark)).toEqual(expect.arrayContaining([survivor.state.me]))
    expect(kinds(advocate)).toEqual(['joined', 'rejoined'])
  })
})
