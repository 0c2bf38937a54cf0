import { describe, expect, it } from 'vitest'
import { ASK_TEXT_LIMIT, askTextRoom, SurvivorLine } from '../../src/conversation/survivor'
import { returnEncode } from '../../src/conversation/line_record'
import { rejoinKeys } from '../../src/e2ee'
import { b64Encode, randomBytes } from '../../src/net/bytes'
import { FakePlace } from '../support/fake_place'
import { ASK, kinds, returnKeys, Stage, states, texts } from '../support/talk'
import { settled, until } from '../support/virtual_time'

const HOUR = 3_600_000

describe('a request', () => {
  it('is sent with a note that only the organisation opens, and waits', async () => {
    const stage = await Stage.make()
    const line = await stage.ask({ topics: ['work'], region: 'US-TX' })
    expect(line.state).toMatchObject({ phase: 'waiting', onShift: true, ahead: 0, reachable: true, refusal: null })
    expect(line.state.trust.pinnedBy).toBe('first_use')
    const { request } = stage.hotline
    expect(request.packages).toHaveLength(5)
    expect(JSON.stringify(request)).not.toContain('feel right')
  })

  it('is tried until it is there, and once only', async () => {
    const stage = await Stage.make()
    const trust = await stage.trustOpen()
    stage.hotline.down = true
    const line = SurvivorLine.ask({ ...stage.parts, trust }, ASK)
    await stage.time.advance(120_000)
    expect(line.state).toMatchObject({ phase: 'sending', reachable: false })
    stage.hotline.down = false
    line.wake()
    await until(() => line.state.phase === 'waiting')
    expect(stage.hotline.requests.size).toBe(1)
  })

  it('whose answer was lost is sent again as it was', async () => {
    const stage = await Stage.make()
    const trust = await stage.trustOpen()
    stage.hotline.loseAnswers = 1
    const line = SurvivorLine.ask({ ...stage.parts, trust }, ASK)
    await stage.time.advance(2_000)
    expect(line.state.phase).toBe('waiting')
    expect(stage.hotline.calls.filter((call) => call === 'POST help-requests')).toHaveLength(2)
  })

  it('that the server refuses says why, and is tried again only when the person wants it', async () => {
    const stage = await Stage.make()
    const trust = await stage.trustOpen()
    stage.hotline.refuse = 'request.invalid'
    const line = SurvivorLine.ask({ ...stage.parts, trust }, ASK)
    await until(() => line.state.phase === 'refused')
    expect(line.state.refusal).toBe('request.invalid')
    stage.hotline.refuse = null
    await stage.time.advance(60_000)
    expect(stage.hotline.requests.size).toBe(0)
    line.retry()
    await until(() => line.state.phase === 'waiting')
    expect(line.state.refusal).toBeNull()
  })

  it('is not sent where nobody prepared a key that is believed', async () => {
    const stage = await Stage.make()
    stage.organisation.intakeStop()
    const trust = await stage.trustOpen()
    expect(trust.canAsk).toBe(false)
    const line = SurvivorLine.ask({ ...stage.parts, trust }, ASK)
    await until(() => line.state.phase === 'refused')
    expect(line.state.refusal).toBe('trust.no_intake')
  })

  it('that was sealed to a stale intake key is sealed again to the newest', async () => {
    const stage = await Stage.make()
    const trust = await stage.trustOpen()
    await stage.organisation.intakeRotate()
    const line = SurvivorLine.ask({ ...stage.parts, trust }, ASK)
    await until(() => line.state.phase === 'waiting')
    expect(stage.hotline.request.intake_key).toBe(stage.organisation.intakeKeyId)
  })

  it('is not sealed for ever to keys that the server calls stale', async () => {
    const stage = await Stage.make()
    const trust = await stage.trustOpen()
    stage.hotline.refuse = 'hotline.intake_key_stale'
    const line = SurvivorLine.ask({ ...stage.parts, trust }, ASK)
    await until(() => line.state.phase === 'refused')
    expect(line.state.refusal).toBe('hotline.intake_key_stale')
  })

  it('that waits is renewed when the organisation has another intake key', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const { packages } = stage.hotline.request
    await stage.organisation.revoke(await stage.organisation.staff('Carla'))
    await stage.time.advance(HOUR)
    expect(stage.hotline.request.intake_key).toBe(stage.organisation.intakeKeyId)
    expect(stage.hotline.request.packages).not.toEqual(packages)
    expect(line.state).toMatchObject({ phase: 'waiting', reopened: 0 })
    const talk = await (await stage.console(await stage.organisation.staff('Ana'))).claim()
    await until(() => line.state.phase === 'talking')
    expect(talk.note.text).toBe(ASK.text)
  })

  it('that was claimed while it was being renewed is joined all the same', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const console = await stage.console(await stage.organisation.staff('Ana'))
    await stage.organisation.intakeRotate()
    stage.hotline.before = async (call) => {
      if (call !== 'PUT help-requests') return
      stage.hotline.before = async () => undefined
      await console.claim()
    }
    await stage.time.advance(HOUR)
    await until(() => line.state.phase === 'talking')
  })

  it('whose renewal arrived though its answer was lost is joined with the new keys', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const console = await stage.console(await stage.organisation.staff('Ana'))
    await stage.organisation.intakeRotate()
    stage.hotline.after = async (call) => {
      if (call !== 'PUT help-requests') return
      stage.hotline.after = async () => undefined
      await console.claim()
      throw new TypeError('unreachable')
    }
    await stage.time.advance(HOUR + 2_000)
    await until(() => line.state.phase === 'talking')
  })

  it('with a text that is too long is not begun', async () => {
    const stage = await Stage.make()
    const trust = await stage.trustOpen()
    const ask = { ...ASK, text: 'a'.repeat(ASK_TEXT_LIMIT + 1) }
    expect(() => SurvivorLine.ask({ ...stage.parts, trust }, ask)).toThrow(RangeError)
  })

  it('that was withdrawn is erased at the server, with its way back and its conversation', async () => {
    const stage = await Stage.make()
    const { line, survivor, advocate } = await stage.talk()
    await line.keepReturn(returnKeys())
    survivor.sendText('I have to go.')
    await line.withdraw()
    await until(() => stage.hotline.places.size === 0)
    expect(stage.hotline.requests.size).toBe(0)
    expect(line.state).toMatchObject({ phase: 'closed', conversation: null })
    expect(texts(survivor)).toEqual([])
    await until(() => advocate.state.connection === 'ended')
  })

  it('that is withdrawn while it is being sent is not left behind', async () => {
    const stage = await Stage.make()
    const trust = await stage.trustOpen()
    let sent: () => void = () => undefined
    stage.hotline.before = (call) =>
      call === 'POST help-requests' ? new Promise((resolve) => (sent = resolve)) : Promise.resolve()
    const line = SurvivorLine.ask({ ...stage.parts, trust }, ASK)
    await until(() => stage.hotline.calls.includes('POST help-requests'))
    await line.withdraw()
    sent()
    await settled()
    expect(stage.hotline.requests.size).toBe(0)
    expect(line.state.phase).toBe('closed')
  })

  it('that is not withdrawn says so, and goes on', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    stage.hotline.down = true
    await expect(line.withdraw()).rejects.toMatchObject({ code: 'net.unreachable' })
    expect(line.state.phase).toBe('waiting')
  })

  it('whose time is over is closed and says why', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    stage.hotline.requests.clear()
    await stage.time.advance(30_000)
    expect(line.state).toMatchObject({ phase: 'closed', refusal: 'request.not_found' })
  })

  it('tells honestly when nobody is on shift', async () => {
    const stage = await Stage.make()
    stage.hotline.onShift = false
    const line = await stage.ask()
    expect(line.state.onShift).toBe(false)
    stage.hotline.onShift = true
    await stage.time.advance(30_000)
    expect(line.state.onShift).toBe(true)
  })
})

describe('a request that was taken back while it was on its way', () => {
  it('is erased when it arrives, also after this page forgot everything', async () => {
    const stage = await Stage.make()
    const trust = await stage.trustOpen()
    let arrive: () => void = () => undefined
    const held = new Promise<void>((resolve) => (arrive = resolve))
    stage.hotline.before = (call) => (call === 'POST help-requests' ? held : Promise.resolve())
    const line = SurvivorLine.ask({ ...stage.parts, trust }, ASK)
    await until(() => stage.hotline.calls.includes('POST help-requests'))
    await line.withdraw()
    line.destroy()
    arrive()
    await settled()
    expect(stage.hotline.requests.size).toBe(0)
  })
})

describe('what was erased', () => {
  it('takes the words that were written while waiting along: they are never sealed again', async () => {
    const stage = await Stage.make()
    const { line, talk, survivor } = await stage.talk()
    survivor.burn()
    await stage.quiet()
    await talk.giveBack('lost')
    await until(() => line.state.phase === 'waiting')
    await settled()
    const next = await (await stage.console(await stage.organisation.staff('Bea'))).claim()
    expect(next.note.text).toBe('')
  })
})

describe('an advocate who is lost', () => {
  it('gives the person back to the queue with fresh key packages, and another takes over', async () => {
    const stage = await Stage.make()
    const { line, talk, survivor } = await stage.talk()
    talk.conversation.sendText('I will be right back.')
    await until(() => texts(survivor).length === 1)
    const { packages } = stage.hotline.request
    await talk.giveBack('lost')
    await until(() => line.state.phase === 'waiting')
    await settled()
    expect(line.state.reopened).toBe(1)
    expect(texts(line.state.conversation!)).toEqual(['I will be right back.'])
    expect(stage.hotline.request).toMatchObject({ used: 0 })
    expect(stage.hotline.request.packages).not.toEqual(packages)
    const next = await (await stage.console(await stage.organisation.staff('Bea'))).claim()
    await until(() => line.state.phase === 'talking')
    expect(next.note.text).toBe(ASK.text)
    next.conversation.sendText('I am Bea.')
    await until(() => texts(line.state.conversation!).includes('I am Bea.'))
    expect(texts(line.state.conversation!)).toEqual(['I am Bea.'])
    expect(texts(survivor)).toEqual([])
  })

  it('is followed by one who was quicker than fresh key packages', async () => {
    const stage = await Stage.make()
    const { line, talk } = await stage.talk()
    const bea = await stage.console(await stage.organisation.staff('Bea'))
    await talk.giveBack('lost')
    const next = await bea.claim()
    expect(stage.hotline.calls).not.toContain('PUT help-requests')
    next.conversation.sendText('I am Bea.')
    await until(() => texts(line.state.conversation!).includes('I am Bea.'))
    expect(line.state).toMatchObject({ phase: 'talking', refusal: null })
  })

  it('before the conversation began costs nothing but time', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const { staffCalls, request } = stage.hotline
    await staffCalls.claim(request.id, '', b64Encode(randomBytes(32)))
    await until(() => line.state.phase === 'claimed')
    await staffCalls.giveBack(request.id, 'lost')
    await until(() => line.state.phase === 'waiting')
    await settled()
    expect(line.state.reopened).toBe(1)
    expect(stage.hotline.request).toMatchObject({ used: 0 })
  })
})

describe('return words', () => {
  it('regain the place in the queue, with new keys and the same note', async () => {
    const stage = await Stage.make()
    const keys = returnKeys()
    const line = await stage.ask()
    await line.keepReturn(keys)
    const { packages } = stage.hotline.request
    line.destroy()
    const later = await SurvivorLine.back(stage.parts, keys)
    expect(later.state).toMatchObject({ phase: 'waiting', reopened: 0 })
    expect(later.state.trust.pinnedBy).toBe('kept')
    await settled()
    expect(stage.hotline.request.packages).not.toEqual(packages)
    const talk = await (await stage.console(await stage.organisation.staff('Ana'))).claim()
    await until(() => later.state.phase === 'talking')
    expect(talk.note.text).toBe(ASK.text)
  })

  it('regain the conversation, by a fresh key package and nothing that was kept', async () => {
    const stage = await Stage.make()
    const keys = returnKeys()
    const { line, survivor, advocate } = await stage.talk()
    await line.keepReturn(keys)
    survivor.sendText('Before.')
    advocate.sendText('Before, too.')
    await stage.quiet()
    line.destroy()
    advocate.sendText('While you were away.')
    await stage.quiet()
    const later = await SurvivorLine.back(stage.parts, keys)
    await until(() => later.state.phase === 'talking')
    await stage.quiet()
    const again = later.state.conversation!
    expect(texts(again)).toEqual(['While you were away.'])
    expect(again.state.timer).toBe(3_600)
    expect(advocate.state.notices.at(-1)).toMatchObject({ kind: 'rejoined' })
    again.sendText('I am back.')
    await stage.quiet()
    expect(states(again)).toEqual([
      ['While you were away.', 'seen'],
      ['I am back.', 'seen'],
    ])
    expect(kinds(again)).not.toContain('missing')
  })

  it('work again and again', async () => {
    const stage = await Stage.make()
    const keys = returnKeys()
    const { line, advocate } = await stage.talk()
    await line.keepReturn(keys)
    let present = line
    for (let visit = 1; visit <= 3; visit++) {
      present.destroy()
      stage.time.jump(1_000)
      present = await SurvivorLine.back(stage.parts, keys)
      await until(() => present.state.phase === 'talking')
      present.state.conversation!.sendText(`${visit}`)
      await until(() => texts(advocate).length === visit)
    }
  })

  it('chosen while waiting lead to the conversation that began since', async () => {
    const stage = await Stage.make()
    const keys = returnKeys()
    const line = await stage.ask()
    await line.keepReturn(keys)
    line.destroy()
    const { conversation } = await (await stage.console(await stage.organisation.staff('Ana'))).claim()
    conversation.sendText('Are you there?')
    await stage.quiet()
    const later = await SurvivorLine.back(stage.parts, keys)
    await until(() => later.state.phase === 'talking')
    await stage.quiet()
    expect(texts(later.state.conversation!)).toEqual(['Are you there?'])
  })

  it('that fit nothing, or whose request is over, are told apart', async () => {
    const stage = await Stage.make()
    const keys = returnKeys()
    await expect(SurvivorLine.back(stage.parts, keys)).rejects.toMatchObject({ code: 'request.not_found' })
    const line = await stage.ask()
    await line.keepReturn(keys)
    line.destroy()
    stage.hotline.requests.clear()
    const later = await SurvivorLine.back(stage.parts, keys)
    expect(later.state).toMatchObject({ phase: 'closed', refusal: 'request.not_found' })
    await until(() => stage.hotline.places.size === 0)
  })

  it('that are made anew make the old ones worthless', async () => {
    const stage = await Stage.make()
    const [old, fresh] = [returnKeys(), returnKeys()]
    const line = await stage.ask()
    await line.keepReturn(old)
    await line.keepReturn(fresh)
    expect([...stage.hotline.places.keys()]).toEqual([b64Encode(fresh.id)])
  })

  it('are saved again when the server could not be reached', async () => {
    const stage = await Stage.make()
    const keys = returnKeys()
    const { line, survivor } = await stage.talk()
    await line.keepReturn(keys)
    const before = stage.hotline.places.get(b64Encode(keys.id))!.sealed
    stage.hotline.down = true
    await survivor.rejoin()
    await stage.quiet()
    expect(stage.hotline.places.get(b64Encode(keys.id))!.sealed).toBe(before)
    stage.hotline.down = false
    await stage.time.advance(HOUR)
    expect(stage.hotline.places.get(b64Encode(keys.id))!.sealed).not.toBe(before)
  })

  it('open a place that holds the longest text beside everything else', () => {
    const text = 'ñ'.repeat(ASK_TEXT_LIMIT / 2)
    expect([askTextRoom(text), askTextRoom(`${text}x`)]).toEqual([0, -1])
    const offer = { token: randomBytes(32), address: randomBytes(32), keys: null }
    const record = {
      organisation: 'a'.repeat(40),
      root: randomBytes(32),
      list: Number.MAX_SAFE_INTEGER,
      request: randomBytes(16),
      token: randomBytes(32),
      rejoin: rejoinKeys(),
      rejoinCounter: Number.MAX_SAFE_INTEGER,
      ask: {
        language: 'es',
        level: 'now',
        topics: Array<string>(5).fill('a'.repeat(20)),
        region: 'US-TX',
        text,
      } as const,
      offers: Array.from({ length: 10 }, () => offer),
      seat: randomBytes(32),
      intakeKey: randomBytes(16),
      sent: true,
      since: Number.MAX_SAFE_INTEGER,
    }
    expect(returnEncode(record).length).toBeLessThanOrEqual(4096 - 12 - 16 - 4)
  })
})

describe('leaving in a hurry', () => {
  it('forgets everything at once, and nothing is sent or written any more', async () => {
    const stage = await Stage.make()
    const { line, survivor } = await stage.talk()
    const place = new FakePlace()
    await line.keepIn(place)
    await line.keepReturn(returnKeys())
    survivor.sendText('On its way.')
    line.destroy()
    expect([line.state.conversation, survivor.state.messages, survivor.state.notices]).toEqual([null, [], []])
    const [calls, written, head] = [stage.hotline.calls.length, place.written.length, stage.log.head]
    await stage.time.advance(HOUR)
    expect([stage.hotline.calls.length, place.written.length, stage.log.head]).toEqual([calls, written, head])
    expect(stage.hotline.places.size).toBe(1)
  })

  it('leaves a request that is on its way alone', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    line.destroy()
    await stage.time.advance(HOUR)
    expect(stage.hotline.requests.size).toBe(1)
  })
})

it('a request that the advocate closed is closed here, and the person can still read', async () => {
  const stage = await Stage.make()
  const { line, talk, survivor, advocate } = await stage.talk()
  advocate.sendText('Take care.')
  await until(() => texts(survivor).length === 1)
  await talk.close()
  await until(() => line.state.phase === 'closed')
  expect(texts(line.state.conversation!)).toEqual(['Take care.'])
  expect(stage.hotline.request).toMatchObject({ state: 'closed', packages: [] })
})

it('a request whose advocate is gone is erased after the person closed it', async () => {
  const stage = await Stage.make()
  const { line, survivor, talk } = await stage.talk()
  talk.destroy()
  await survivor.close()
  expect([line.state.phase, stage.hotline.requests.size]).toEqual(['closed', 1])
  await stage.time.advance(60_000)
  expect(stage.hotline.requests.size).toBe(0)
})
