import { describe, expect, it } from 'vitest'
import type { Conversation } from '../../src/conversation/engine'
import { NotKept } from '../../src/conversation/keeper'
import { SurvivorLine } from '../../src/conversation/survivor'
import type { AdvocateTalk } from '../../src/conversation/advocate'
import { FakePlace } from '../support/fake_place'
import { Organisation } from '../support/organisation'
import { kinds, Stage, states, texts } from '../support/talk'
import { settled, until } from '../support/virtual_time'

const HOUR = 3_600_000
const DAY = 86_400_000

interface Kept {
  stage: Stage
  place: FakePlace
  line: SurvivorLine
  talk: AdvocateTalk
  survivor: Conversation
  advocate: Conversation
}

/** A conversation that the survivor's device keeps. */
async function kept(): Promise<Kept> {
  const stage = await Stage.make()
  const { line, talk, survivor, advocate } = await stage.talk()
  const place = new FakePlace()
  await line.keepIn(place)
  return { stage, place, line, talk, survivor, advocate }
}

/** A later visit, after the page went from one moment to the next. */
async function resumed({ stage, place }: Kept): Promise<SurvivorLine> {
  return SurvivorLine.resume(stage.parts, { content: place.content, place })
}

/** The next write succeeds, and is the last thing that this visit hears of. */
function hangAfterWriting(place: FakePlace): Promise<void> {
  return new Promise((resolve) => {
    place.write = async (snapshot) => {
      await FakePlace.prototype.write.call(place, snapshot)
      resolve()
      await new Promise(() => undefined)
    }
  })
}

describe('a conversation that is kept on the device', () => {
  it('goes on after a reload in the middle, with its messages, timers and counts', async () => {
    const visit = await kept()
    const { stage, line, advocate } = visit
    visit.survivor.sendText('Before.')
    advocate.sendText('I read you.')
    await until(() => texts(visit.survivor).length === 2 && texts(advocate).length === 2)
    visit.survivor.markRead(visit.survivor.state.messages.find(({ mine }) => !mine)!.id)
    await stage.quiet()
    line.destroy()
    advocate.sendText('While you were away.')
    await stage.quiet()
    const later = await resumed(visit)
    const survivor = later.state.conversation!
    expect(texts(survivor)).toEqual(['Before.', 'I read you.'])
    await until(() => texts(survivor).length === 3)
    survivor.sendText('And on.')
    await until(() => texts(advocate).length === 4)
    await stage.quiet()
    expect(new Set(states(survivor).map(([, state]) => state))).toEqual(new Set(['seen']))
    expect([...kinds(survivor), ...kinds(advocate)]).toEqual(['joined'])
    await stage.time.advance(HOUR)
    expect(texts(survivor)).toEqual(['While you were away.'])
  })

  it('writes the state that can send before anything is sent', async () => {
    const { place, stage, survivor } = await kept()
    const head = (): number => stage.log.head
    const [before, writes] = [head(), place.written.length]
    const heads: number[] = []
    const write = place.write.bind(place)
    place.write = async (snapshot) => {
      heads.push(head())
      await write(snapshot)
    }
    survivor.sendText('One.')
    await until(() => head() > before)
    expect(heads[0]).toBe(before)
    expect(place.written.length).toBeGreaterThan(writes)
  })

  it('sends once what a crash caught between writing and sending, under the same client id', async () => {
    const visit = await kept()
    const { stage, survivor, advocate } = visit
    // It arrives, but the device hears nothing of it any more: no answer, no envelope.
    stage.relay.tamper = (frame, seat) => (seat === 1 ? [] : [frame])
    survivor.sendText('Only once.')
    await until(() => texts(advocate).length === 1)
    visit.line.destroy()
    stage.relay.tamper = (frame) => [frame]
    const later = await resumed(visit)
    await stage.quiet()
    expect(states(later.state.conversation!)).toEqual([['Only once.', 'seen']])
    later.state.conversation!.sendText('Next.')
    await until(() => texts(advocate).length === 2)
    expect(texts(advocate)).toEqual(['Only once.', 'Next.'])
    expect(kinds(advocate)).toEqual(['joined'])
  })

  it('sends what a crash caught before it left', async () => {
    const visit = await kept()
    const { stage, place, survivor, advocate } = visit
    stage.relay.silence(1)
    const written = hangAfterWriting(place)
    survivor.sendText('In the end.')
    stage.relay.silence(null)
    await stage.time.advance(2_000)
    await written
    visit.line.destroy()
    place.write = FakePlace.prototype.write.bind(place)
    await resumed(visit)
    await until(() => texts(advocate).length === 1)
    expect(kinds(advocate)).toEqual(['joined'])
  })

  it('goes on after a crash between a change of the group and its answer', async () => {
    const visit = await kept()
    const { stage, advocate } = visit
    stage.relay.tamper = (frame, seat) => (seat === 1 ? [] : [frame])
    stage.time.jump(DAY)
    await stage.time.advance(0)
    expect(stage.log.epoch).toBe(2)
    visit.line.destroy()
    stage.relay.tamper = (frame) => [frame]
    const survivor = (await resumed(visit)).state.conversation!
    survivor.sendText('With fresh keys.')
    await until(() => texts(advocate).length === 1)
    advocate.sendText('I read you.')
    await until(() => texts(survivor).length === 2)
    expect([...kinds(survivor), ...kinds(advocate)]).toEqual(['joined'])
  })

  it('forgets a change of the group that a crash kept from leaving', async () => {
    const visit = await kept()
    const { stage, advocate, place } = visit
    const written = hangAfterWriting(place)
    stage.time.jump(DAY)
    await stage.time.advance(0)
    await written
    visit.line.destroy()
    place.write = FakePlace.prototype.write.bind(place)
    const survivor = (await resumed(visit)).state.conversation!
    survivor.sendText('Still here.')
    await until(() => texts(advocate).length === 1)
    expect([...kinds(survivor), ...kinds(advocate)]).toEqual(['joined'])
  })

  it('erases at the next start what ended while the app was closed', async () => {
    const visit = await kept()
    visit.survivor.sendText('An hour.')
    await visit.stage.quiet()
    visit.line.destroy()
    visit.stage.time.jump(2 * HOUR)
    const later = await resumed(visit)
    expect(texts(later.state.conversation!)).toEqual([])
    await settled()
    const text = new TextDecoder().decode(visit.place.content)
    expect(text).not.toContain('An hour.')
  })

  it('can be read without a network, and goes on when there is one', async () => {
    const visit = await kept()
    const { stage, advocate } = visit
    advocate.sendText('The number of the shelter.')
    await until(() => texts(visit.survivor).length === 1)
    await stage.quiet()
    visit.line.destroy()
    stage.hotline.down = stage.relay.down = true
    const later = await resumed(visit)
    const again = later.state.conversation!
    await stage.time.advance(10_000)
    expect(texts(again)).toEqual(['The number of the shelter.'])
    expect(later.state.reachable).toBe(false)
    again.sendText('On my way.')
    stage.hotline.down = stage.relay.down = false
    later.wake()
    await stage.time.advance(60_000)
    expect(texts(advocate)).toEqual(['The number of the shelter.', 'On my way.'])
  })

  it('says nothing to anybody where the trust that the server gives is refused at the return', async () => {
    const visit = await kept()
    const { stage } = visit
    visit.line.destroy()
    const other = await Organisation.make(stage.time.seconds, stage.organisation.slug)
    stage.hotline.bundle = () => other.bundle()
    const later = await resumed(visit)
    await until(() => later.state.phase === 'refused')
    expect(later.state.refusal).toBe('trust.root')
    later.state.conversation!.sendText('Wait.')
    await stage.quiet()
    expect(states(later.state.conversation!)).toEqual([['Wait.', 'sending']])
  })

  it('leaves what is kept as it is when the person leaves in a hurry', async () => {
    const visit = await kept()
    visit.survivor.sendText('Stays.')
    await visit.stage.quiet()
    visit.survivor.sendText('On its way.')
    visit.line.destroy()
    const { length } = visit.place.written
    await visit.stage.quiet()
    expect(visit.place.written).toHaveLength(length)
    expect(texts((await resumed(visit)).state.conversation!)).toContain('Stays.')
  })

  it('that was only asked for waits on after a reload, and is joined with the keys that were kept', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const place = new FakePlace()
    await line.keepIn(place)
    line.destroy()
    const { packages } = stage.hotline.request
    const later = await SurvivorLine.resume(stage.parts, { content: place.content, place })
    const { conversation } = await (await stage.console(await stage.organisation.staff('Ana'))).claim()
    await until(() => later.state.phase === 'talking')
    conversation.sendText('Hello.')
    await until(() => texts(later.state.conversation!).length === 1)
    expect(stage.hotline.request.packages).toEqual(packages)
    expect(stage.hotline.calls).not.toContain('PUT help-requests')
  })

  it('is joined after a reload between the Welcome and the joining', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const place = new FakePlace()
    await line.keepIn(place)
    stage.relay.silence(1)
    const { conversation } = await (await stage.console(await stage.organisation.staff('Ana'))).claim()
    await until(() => line.state.phase === 'joining')
    await settled()
    line.destroy()
    stage.relay.silence(null)
    const later = await SurvivorLine.resume(stage.parts, { content: place.content, place })
    await until(() => later.state.phase === 'talking')
    conversation.sendText('Hello.')
    await until(() => texts(later.state.conversation!).length === 1)
  })

  it('asks to be taken in again where the page went while it was coming back', async () => {
    const visit = await kept()
    visit.stage.relay.silence(1)
    await settled()
    void visit.survivor.rejoin()
    await visit.stage.time.advance(1_000)
    visit.survivor.markRead('')
    await settled()
    visit.line.destroy()
    visit.stage.relay.silence(null)
    const later = await resumed(visit)
    await until(() => later.state.phase === 'talking')
    expect(kinds(visit.advocate).at(-1)).toBe('rejoined')
  })
})

describe('a device that takes nothing more', () => {
  it('sends nothing, says so, and goes on in memory when it is told to', async () => {
    const { stage, place, line, survivor, advocate } = await kept()
    place.full = true
    const { head } = stage.log
    survivor.sendText('Kept nowhere.')
    await stage.quiet()
    expect(survivor.state.connection).toBe('not_kept')
    expect(line.state.keeping).toBe('failed')
    expect(kinds(survivor).filter((kind) => kind === 'not_kept')).toHaveLength(1)
    expect([stage.log.head, states(survivor)]).toEqual([head, [['Kept nowhere.', 'sending']]])
    await expect(line.keepIn(place)).rejects.toThrow(NotKept)
    await line.keepIn(null)
    await until(() => texts(advocate).length === 1)
    expect([survivor.state.connection, line.state.keeping]).toEqual(['online', 'no'])
  })

  it('can end the conversation all the same', async () => {
    const { stage, place, survivor, advocate } = await kept()
    place.full = true
    advocate.sendText('Kept nowhere.')
    await stage.quiet()
    await survivor.close()
    expect([survivor.state.connection, kinds(survivor).at(-1)]).toEqual(['ended', 'closed'])
  })

  it('reads nothing that it could not keep, and loses nothing of it', async () => {
    const { stage, place, line, survivor, advocate } = await kept()
    await stage.quiet()
    const cursor = stage.log.seats[1]!.cursor
    place.full = true
    advocate.sendText('One.')
    advocate.sendText('Two.')
    await stage.quiet()
    expect(survivor.state.connection).toBe('not_kept')
    expect(stage.log.seats[1]!.cursor).toBe(cursor)
    place.full = false
    await line.keepIn(place)
    await until(() => texts(survivor).length === 2)
    await stage.quiet()
    expect(texts(survivor)).toEqual(['One.', 'Two.'])
    expect(states(advocate)).toEqual([
      ['One.', 'seen'],
      ['Two.', 'seen'],
    ])
    expect(kinds(survivor).slice(2)).toEqual(['not_kept'])
  })
})

it('makes fresh keys when they are due, though the app was closed again and again', async () => {
  const visit = await kept()
  const commits = (): number => visit.stage.log.log.filter(({ kind, seat }) => kind === 2 && seat.number === 1).length
  let { line } = visit
  for (let visits = 0; visits < 3; visits++) {
    await visit.stage.quiet()
    line.destroy()
    visit.stage.time.jump(DAY / 2)
    line = await resumed(visit)
  }
  await until(() => line.state.conversation!.state.connection === 'online')
  await visit.stage.quiet()
  expect(commits()).toBe(1)
})
