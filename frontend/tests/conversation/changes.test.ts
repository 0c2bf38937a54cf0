import { describe, expect, it } from 'vitest'
import { advocateParts, type AdvocateTalk } from '../../src/conversation/advocate'
import { Conversation } from '../../src/conversation/engine'
import { keyPackageFor } from '../../src/e2ee'
import { staffKeys } from '../../src/e2ee/staff'
import { b64Decode, randomBytes, sha256 } from '../../src/net/bytes'
import type { Bytes } from '../../src/net/bytes'
import type { ServerFrame } from '../../src/net/frames'
import { pad, unpad } from '../../src/net/padding'
import { kinds, Stage, states, texts } from '../support/talk'
import { settled, until } from '../support/virtual_time'

const DAY = 86_400_000

/** A colleague of the advocate, taken in as a third member. */
async function colleague(stage: Stage, talk: AdvocateTalk): Promise<Conversation> {
  const staff = await stage.organisation.staff('Bea', 'supervisor')
  const trust = await stage.trust()
  const keyPackage = await keyPackageFor(staffKeys(staff.device, staff.certificates), stage.time.seconds)
  const token = randomBytes(32)
  const person = b64Decode(stage.hotline.request.packages[0]!.package) as Bytes
  const note = { rejoin: randomBytes(32) }
  const conversation = new Conversation({
    relay: stage.ways(),
    token,
    parts: advocateParts({ ...staff, trust: () => trust, relay: stage.ways() }, note, person),
    timer: 86_400,
    tellTimer: false,
    since: stage.time.now(),
    joinWith: [keyPackage],
  })
  await talk.conversation.addMember(keyPackage.message, await sha256(token))
  conversation.start()
  await until(() => conversation.state.connection === 'online', 'the colleague')
  await stage.quiet()
  return conversation
}

/** Makes every commit of one seat unreadable for the others, as a broken or malicious client would. */
const spoilCommits =
  (stage: Stage, of: number) =>
  (frame: ServerFrame): ServerFrame[] => {
    const entry = frame.type === 'envelope' ? stage.log.log[frame.sequence - 1] : undefined
    if (frame.type !== 'envelope' || frame.body === null || frame.kind !== 2 || entry?.seat.number !== of)
      return [frame]
    const content = unpad(frame.body)
    content[content.length - 1]! ^= 1
    return [{ ...frame, body: pad(content) }]
  }

describe('three members', () => {
  it('hear each other, know who came, and learn the timer', async () => {
    const stage = await Stage.make()
    const { talk, survivor, advocate } = await stage.talk()
    survivor.sendText('Before.')
    await stage.quiet()
    const third = await colleague(stage, talk)
    expect(third.state.timer).toBe(3_600)
    expect(survivor.state.notices.at(-1)).toMatchObject({
      kind: 'joined',
      member: { identity: { name: 'Bea', role: 'supervisor' } },
    })
    for (const [side, text] of [
      [survivor, 'One.'],
      [advocate, 'Two.'],
      [third, 'Three.'],
    ] as const) {
      side.sendText(text)
      await stage.quiet()
    }
    expect(texts(third)).toEqual(['One.', 'Two.', 'Three.'])
    expect(texts(survivor)).toEqual(['Before.', 'One.', 'Two.', 'Three.'])
    expect(new Set([survivor, advocate, third].map(({ state }) => state.safetyNumber)).size).toBe(1)
    expect([...kinds(survivor), ...kinds(advocate), ...kinds(third)]).not.toContain('missing')
  })

  it('notice by what the others have seen that something was held back from one of them', async () => {
    const stage = await Stage.make()
    const { talk, survivor, advocate } = await stage.talk()
    const third = await colleague(stage, talk)
    // The advocate's next message reaches the colleague but not the survivor, who is told of numbers that expired.
    const held = stage.log.head + 1
    stage.relay.tamper = (frame, seat) =>
      seat === 1 && frame.type === 'envelope' && frame.sequence === held
        ? [{ type: 'gone', from: held, to: held }]
        : [frame]
    advocate.sendText('Leave by the back door.')
    await stage.quiet()
    expect(texts(survivor)).toEqual([])
    third.sendText('As Ana said.')
    await stage.quiet()
    expect(survivor.state.notices.find(({ kind }) => kind === 'missing')).toMatchObject({
      from: advocate.state.me,
      count: 1,
      cause: 'withheld',
    })
  })

  it('agree after all have made fresh keys at the same moment', async () => {
    const stage = await Stage.make()
    const { talk, survivor, advocate } = await stage.talk()
    const third = await colleague(stage, talk)
    stage.time.jump(DAY)
    for (const side of [survivor, advocate, third]) side.wake()
    await stage.quiet()
    expect(stage.log.log.filter(({ kind }) => kind === 2)).toHaveLength(5)
    survivor.sendText('All here?')
    await stage.quiet()
    expect(states(survivor)).toEqual([['All here?', 'seen']])
    expect(texts(third)).toEqual(['All here?'])
  })
})

describe('a change of the group', () => {
  it('that loses the race is made again, and messages between are encrypted again', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.time.jump(DAY)
    survivor.wake()
    advocate.wake()
    survivor.sendText('s')
    advocate.sendText('a')
    await stage.quiet()
    expect(stage.log.log.filter(({ kind }) => kind === 2)).toHaveLength(3)
    expect(texts(survivor).sort()).toEqual(['a', 's'])
    expect(texts(advocate).sort()).toEqual(['a', 's'])
    expect([...kinds(survivor), ...kinds(advocate)]).toEqual(['joined', 'timer_changed', 'joined'])
  })

  it('that the survivor cannot process leads her out and in again, and nothing is lost', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.tamper = spoilCommits(stage, 0)
    stage.time.jump(DAY)
    advocate.wake()
    await settled()
    stage.relay.tamper = (frame) => [frame]
    advocate.sendText('Did you get this?')
    await stage.quiet()
    await until(() => survivor.state.connection === 'online')
    await stage.quiet()
    expect(states(advocate)).toEqual([['Did you get this?', 'seen']])
    expect(texts(survivor)).toEqual(['Did you get this?'])
    expect(kinds(survivor)).toContain('change_refused')
    expect(kinds(advocate).at(-1)).toBe('rejoined')
    expect(survivor.state.timer).toBe(3_600)
  })

  it('that nobody can process is said, and the group begins again under a new id', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    survivor.sendText('Before.')
    await stage.quiet()
    const before = advocate.state.safetyNumber
    stage.relay.tamper = spoilCommits(stage, 1)
    stage.time.jump(DAY)
    survivor.wake()
    await settled()
    stage.relay.tamper = (frame) => [frame]
    await stage.quiet()
    expect(stage.log.log.map(({ kind }) => kind)).toContain(5)
    expect(kinds(advocate)).toEqual(expect.arrayContaining(['change_refused', 'restarted']))
    survivor.sendText('After.')
    advocate.sendText('I am here.')
    await stage.quiet()
    expect(texts(advocate).sort()).toEqual(['After.', 'Before.', 'I am here.'])
    expect(new Set(states(survivor).map(([, state]) => state))).toEqual(new Set(['seen']))
    expect(advocate.state.safetyNumber).toBe(survivor.state.safetyNumber)
    expect(advocate.state.safetyNumber).not.toBe(before)
  })

  it('is never waited for in vain when the answer is lost and the connection cut', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    let deaf = true
    stage.relay.tamper = (frame, seat) => (deaf && seat === 1 && frame.type === 'answer' ? [] : [frame])
    stage.time.jump(DAY)
    survivor.wake()
    await settled()
    stage.relay.cut()
    deaf = false
    await stage.time.advance(3_000)
    survivor.sendText('Fresh keys.')
    await stage.quiet()
    expect(states(survivor)).toEqual([['Fresh keys.', 'seen']])
    expect(texts(advocate)).toEqual(['Fresh keys.'])
    expect(stage.log.log.filter(({ kind, seat }) => kind === 2 && seat.number === 1)).toHaveLength(1)
  })
})

describe('coming back with a fresh key package', () => {
  it('works while messages are on their way, and what nobody confirmed comes again', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    advocate.sendText('Read and known.')
    await stage.quiet()
    stage.relay.silence(1)
    advocate.sendText('Not read.')
    await stage.quiet()
    stage.relay.silence(null)
    void survivor.rejoin()
    await stage.time.advance(60_000)
    await until(() => survivor.state.connection === 'online')
    await stage.quiet()
    expect(texts(survivor)).toEqual(['Read and known.', 'Not read.'])
    expect(states(advocate)).toEqual([
      ['Read and known.', 'seen'],
      ['Not read.', 'seen'],
    ])
  })

  it('twice in a row ends in one membership', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    await Promise.all([survivor.rejoin(), survivor.rejoin()])
    await stage.quiet()
    survivor.sendText('Once.')
    await stage.quiet()
    expect(texts(advocate)).toEqual(['Once.'])
    expect(survivor.state.connection).toBe('online')
    expect(advocate.state.members).toHaveLength(2)
  })

  it('is not taken for a confirmation of what was said before', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    advocate.sendText('Seen by nobody.')
    advocate.burn()
    advocate.sendText('Second.')
    survivor.destroy()
    await stage.quiet()
    expect(states(advocate)).toEqual([['Second.', 'stored']])
  })
})

it('a member that is removed is told so, and reads nothing that follows', async () => {
  const stage = await Stage.make()
  const { line, advocate } = await stage.rawTalk()
  const survivor = line.state.conversation!
  await advocate.change(await advocate.group.remove([survivor.state.me]))
  await until(() => survivor.state.me === '')
  expect(kinds(survivor).at(-1)).toBe('removed')
  expect([survivor.state.connection, line.state.phase]).toEqual(['joining', 'joining'])
})
