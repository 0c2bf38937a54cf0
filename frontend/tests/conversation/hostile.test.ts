/**
 * A server that is malicious while it runs, row by row as docs/threat-model.md promises: what the app notices, and when.
 * The words that people read for each of these are the app's; here it is the kind of notice.
 */

import { describe, expect, it } from 'vitest'
import { ClaimRefused } from '../../src/conversation/advocate'
import type { Conversation } from '../../src/conversation/engine'
import { CONFIRM_WITHIN } from '../../src/conversation/receipts'
import { SurvivorLine } from '../../src/conversation/survivor'
import { TrustRefused, TrustWatch } from '../../src/conversation/trust'
import { pseudonymKeyPackage, rejoinKeys, rootFingerprint, signRejoin } from '../../src/e2ee'
import { b64Encode, randomBytes, sha256 } from '../../src/net/bytes'
import type { ServerFrame } from '../../src/net/frames'
import { pad } from '../../src/net/padding'
import { FakePlace } from '../support/fake_place'
import { Organisation } from '../support/organisation'
import { RawAdvocate } from '../support/raw_advocate'
import { kinds, returnKeys, Stage, states, texts } from '../support/talk'
import { settled, until } from '../support/virtual_time'

const DAY = 86_400_000
const SURVIVOR = 1

/** The frame, if it is not the envelope of this number. */
const without =
  (sequence: number) =>
  (frame: ServerFrame, seat: number): ServerFrame[] =>
    seat === SURVIVOR && frame.type === 'envelope' && frame.sequence === sequence ? [] : [frame]

const last = (side: Conversation): unknown => side.state.notices.at(-1)

describe("the server swaps the advocate's key: noticed before joining", () => {
  /** Claims as somebody whom the survivor must not believe. */
  async function impostor(stage: Stage, organisation: Organisation): Promise<SurvivorLine> {
    const line = await stage.ask()
    await RawAdvocate.claim(stage, await organisation.staff('Ana'))
    await until(() => line.state.conversation?.state.connection === 'broken')
    return line
  }

  it('where another root vouches for it', async () => {
    const stage = await Stage.make()
    const line = await impostor(stage, await Organisation.make(stage.time.seconds, stage.organisation.slug))
    const survivor = line.state.conversation!
    expect(last(survivor)).toMatchObject({ kind: 'change_refused', reason: 'stranger' })
    expect([survivor.state.me, survivor.state.members]).toEqual(['', []])
    survivor.sendText('Nobody may read this.')
    await stage.quiet()
    expect(states(survivor)).toEqual([['Nobody may read this.', 'sending']])
    expect(stage.log.log.filter(({ seat }) => seat.number === SURVIVOR)).toEqual([])
  })

  it('where another organisation vouches for it', async () => {
    const stage = await Stage.make()
    const line = await impostor(stage, await Organisation.make(stage.time.seconds, 'casa-otra'))
    expect(last(line.state.conversation!)).toMatchObject({ kind: 'change_refused', reason: 'stranger' })
  })

  it('where its certificate was revoked', async () => {
    const stage = await Stage.make()
    const staff = await stage.organisation.staff('Ana')
    await stage.organisation.revoke(staff)
    const line = await stage.ask()
    await RawAdvocate.claim(stage, staff)
    await until(() => line.state.conversation?.state.connection === 'broken')
  })

  it('where its certificate is over', async () => {
    const stage = await Stage.make()
    const staff = await stage.organisation.staff('Ana')
    stage.time.jump(7 * DAY + 700_000)
    stage.organisation.listRenew()
    await stage.organisation.intakeRotate()
    const line = await stage.ask()
    await RawAdvocate.claim(stage, staff)
    await until(() => line.state.conversation?.state.connection === 'broken')
  })
})

describe('the server pairs a real note with its own key package: noticed at the claim', () => {
  const swaps: Record<string, (stage: Stage) => Promise<{ package?: string; seat?: string; note?: string }>> = {
    'the key package': async (stage) => {
      const { message } = await pseudonymKeyPackage(stage.time.seconds)
      return { package: b64Encode(message) }
    },
    'the seat': async () => ({ seat: b64Encode(await sha256(randomBytes(32))) }),
    'the seat of one offer beside the package of another': async (stage) => ({
      seat: stage.hotline.request.packages[1]!.seat,
    }),
    'the note of somebody else': async (stage) => {
      const other = await Stage.make()
      await other.ask()
      return { note: other.hotline.request.note, ...(stage.hotline.request.packages[0] ?? {}) }
    },
  }
  it.each(Object.keys(swaps))('where it swaps %s', async (what) => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const swapped = await swaps[what]!(stage)
    stage.hotline.tamperClaim = (answer) => ({ ...answer, ...swapped })
    const console = await stage.console(await stage.organisation.staff('Ana'))
    const refused: unknown = await console.claim().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ClaimRefused)
    expect(refused).toMatchObject({ code: 'hotline.note_mismatch' })
    expect(stage.hotline.reasons).toEqual(['note_mismatch'])
    expect(stage.log.log).toEqual([])
    await settled()
    expect(line.state.conversation).toBeNull()
  })

  it('and an app that believes another root is refused by the console', async () => {
    const stage = await Stage.make()
    await stage.ask()
    const console = await stage.console(await stage.organisation.staff('Ana'))
    const other = await Organisation.make(stage.time.seconds, stage.organisation.slug)
    console.trust = await stage.trust(other.bundle())
    await expect(console.claim()).rejects.toMatchObject({ code: 'hotline.note_mismatch' })
  })
})

describe('the server replays or reorders envelopes: noticed at that envelope', () => {
  it('the same envelope under the same number', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.tamper = (frame, seat) =>
      seat === SURVIVOR && frame.type === 'envelope' && frame.mine === null ? [frame, frame] : [frame]
    advocate.sendText('Once.')
    await stage.quiet()
    expect(texts(survivor)).toEqual(['Once.'])
    expect(last(survivor)).toMatchObject({ kind: 'order_broken', how: 'repeated' })
  })

  it('the same envelope under a new number', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    advocate.sendText('Once.')
    await until(() => texts(survivor).length === 1)
    const heard = stage.log.log.findLast(({ kind, seat }) => kind === 1 && seat.number === 0)!
    stage.relay.forge(stage.log, { ...heard, by: 0 })
    await settled()
    expect(texts(survivor)).toEqual(['Once.'])
    expect(last(survivor)).toMatchObject({ kind: 'unreadable' })
  })

  it("the person's own words as if another had said them", async () => {
    const stage = await Stage.make()
    const { survivor } = await stage.talk()
    survivor.sendText('I want to leave.')
    await stage.quiet()
    const own = stage.log.log.findLast(({ kind, seat }) => kind === 1 && seat.number === SURVIVOR)!
    stage.relay.forge(stage.log, { ...own, by: 0 })
    await settled()
    expect(texts(survivor)).toEqual(['I want to leave.'])
    expect(last(survivor)).toMatchObject({ kind: 'unreadable' })
  })

  it('two envelopes the other way round', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    let held: ServerFrame | null = null
    stage.relay.tamper = (frame, seat) => {
      if (seat !== SURVIVOR || frame.type !== 'envelope' || frame.mine !== null) return [frame]
      if (held === null) {
        held = frame
        return []
      }
      const [first, second] = [{ ...frame, sequence: held.type === 'envelope' ? held.sequence : 0 }, held]
      return [first, { ...(second as typeof frame), sequence: frame.sequence }]
    }
    advocate.sendText('Do not go.')
    advocate.sendText('I was wrong: go.')
    await stage.quiet()
    expect(texts(survivor)).toEqual(['I was wrong: go.'])
    expect(survivor.state.notices.slice(2)).toMatchObject([
      { kind: 'missing', cause: 'withheld' },
      { kind: 'unreadable' },
    ])
  })
})

describe("the server drops one from the middle: noticed at the sender's next message", () => {
  it('where it leaves the number out', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.tamper = without(stage.log.head + 1)
    advocate.sendText('Do not go home.')
    await stage.quiet()
    advocate.sendText('Did you hear?')
    await stage.time.advance(5_000)
    expect(texts(survivor)).toEqual(['Did you hear?'])
    expect(survivor.state.notices.slice(2)).toMatchObject([
      { kind: 'order_broken', how: 'skipped' },
      { kind: 'missing', count: 1, cause: 'withheld', from: advocate.state.me },
    ])
  })

  it('where it says that it was erased, sooner than anything is', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    const [held, through] = [stage.log.head + 1, without(stage.log.head + 1)]
    stage.relay.tamper = (frame, seat) =>
      through(frame, seat).length > 0 ? [frame] : [{ type: 'gone', from: held, to: held }]
    advocate.sendText('Do not go home.')
    await stage.quiet()
    advocate.sendText('Did you hear?')
    await stage.quiet()
    expect(last(survivor)).toMatchObject({ kind: 'missing', count: 1, cause: 'withheld' })
  })

  it('where it closes the gap, so that no number is missing', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    const held = stage.log.head + 1
    stage.relay.tamper = (frame, seat) => {
      if (seat !== SURVIVOR || frame.type !== 'envelope' || frame.sequence < held) return [frame]
      return frame.sequence === held ? [] : [{ ...frame, sequence: frame.sequence - 1 }]
    }
    advocate.sendText('Do not go home.')
    await stage.quiet()
    advocate.sendText('Did you hear?')
    await stage.quiet()
    expect(last(survivor)).toMatchObject({ kind: 'missing', count: 1, cause: 'withheld' })
  })

  it("where it changes one, and the rest of the sender's words still come", async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    const held = stage.log.head + 1
    stage.relay.tamper = (frame, seat) => {
      if (seat !== SURVIVOR || frame.type !== 'envelope' || frame.sequence !== held || frame.body === null)
        return [frame]
      const body = frame.body.slice()
      body[90]! ^= 1
      return [{ ...frame, body }]
    }
    advocate.sendText('Do not go home.')
    advocate.sendText('Did you hear?')
    await stage.quiet()
    expect(texts(survivor)).toEqual(['Did you hear?'])
    expect(survivor.state.notices.slice(2)).toMatchObject([
      { kind: 'unreadable' },
      { kind: 'missing', cause: 'withheld' },
    ])
  })
})

describe('the server withholds the newest: noticed when the receipt stays away', () => {
  it('though it answers that it kept the message', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.tamper = (frame, seat) => (seat === 0 && frame.type === 'envelope' ? [] : [frame])
    survivor.sendText('They are here.')
    await stage.quiet()
    expect(states(survivor)).toEqual([['They are here.', 'stored']])
    await stage.time.advance(CONFIRM_WITHIN)
    expect(states(survivor)).toEqual([['They are here.', 'not_confirmed']])
    expect(last(survivor)).toMatchObject({ kind: 'not_confirmed' })
    expect(texts(advocate)).toEqual([])
  })

  it('and a change of the group that is counted but never handed out is not waited for', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    stage.relay.silence(SURVIVOR)
    stage.time.jump(DAY)
    advocate.wake()
    await stage.quiet()
    const commit = stage.log.log.findLast(({ kind }) => kind === 2)!.sequence
    stage.relay.tamper = (frame, seat) =>
      without(commit)(frame, seat).length > 0 ? [frame] : [{ type: 'gone', from: commit, to: commit }]
    stage.relay.silence(null)
    await stage.time.advance(60_000)
    expect(kinds(survivor)).toContain('change_refused')
    await until(() => survivor.state.connection === 'online')
    expect(kinds(advocate).at(-1)).toBe('rejoined')
  })
})

describe('the server adds a ghost: noticed at that commit, before anything is encrypted to it', () => {
  it('to those whom the survivor joins', async () => {
    const stage = await Stage.make()
    const line = await stage.ask()
    const ghost = await pseudonymKeyPackage(stage.time.seconds)
    await RawAdvocate.claim(stage, await stage.organisation.staff('Ana'), [ghost.message])
    await until(() => line.state.conversation?.state.connection === 'broken')
    expect(last(line.state.conversation!)).toMatchObject({ kind: 'change_refused', reason: 'stranger' })
  })

  it('to those with whom she talks already', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.rawTalk()
    const ghost = await pseudonymKeyPackage(stage.time.seconds)
    await advocate.change(await advocate.group.add([ghost.message]))
    await until(() => survivor.state.connection === 'broken')
    expect(last(survivor)).toMatchObject({ kind: 'change_refused', reason: 'stranger' })
    const { head } = stage.log
    survivor.sendText('Not for the ghost.')
    await stage.quiet()
    expect([stage.log.head, states(survivor)]).toEqual([head, [['Not for the ghost.', 'sending']]])
  })

  it('by letting it ask to come back in her name', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    const ghost = await pseudonymKeyPackage(stage.time.seconds)
    const { privateKey } = rejoinKeys()
    const forged = await signRejoin({ keyPackage: ghost.message, counter: Number.MAX_SAFE_INTEGER, privateKey })
    stage.relay.forge(stage.log, { kind: 4, by: SURVIVOR, body: pad(forged) })
    await stage.quiet()
    expect(last(advocate)).toMatchObject({ kind: 'unreadable' })
    expect(advocate.state.members.map(({ mark }) => mark)).toContain(survivor.state.me)
    advocate.sendText('Still us.')
    await until(() => texts(survivor).length === 1)
  })

  it('by letting an old wish to come back be heard again', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.talk()
    await survivor.rejoin()
    await stage.quiet()
    const asked = stage.log.log.find(({ kind }) => kind === 4)!
    stage.relay.forge(stage.log, { ...asked, by: SURVIVOR })
    await stage.quiet()
    expect(last(advocate)).toMatchObject({ kind: 'unreadable' })
    expect(kinds(advocate).filter((kind) => kind === 'rejoined')).toHaveLength(1)
    expect(advocate.state.members.map(({ mark }) => mark)).toContain(survivor.state.me)
  })
})

describe('the server serves an old revocation list', () => {
  it("noticed at the advocate's next message", async () => {
    const stage = await Stage.make()
    const { line, survivor, advocate, console, talk } = await stage.talk()
    const old = stage.organisation.bundle()
    await stage.organisation.revoke(await stage.organisation.staff('Carla'))
    stage.hotline.bundle = () => old
    console.trust = await stage.trust()
    await talk.trustChanged()
    advocate.sendText('Take care.')
    advocate.sendText('Take care of yourself.')
    await until(() => texts(survivor).length === 2)
    expect(survivor.state.notices.filter(({ kind }) => kind === 'newer_list')).toMatchObject([{ theirs: 2, mine: 1 }])
    stage.hotline.bundle = () => stage.organisation.bundle()
    await stage.time.advance(3_600_000)
    expect(line.state.trustRefused).toBeNull()
  })

  it('refused where a newer one was believed before, and said', async () => {
    const stage = await Stage.make()
    const old = stage.organisation.bundle()
    stage.organisation.listRenew()
    const line = await stage.ask()
    stage.hotline.bundle = () => old
    await stage.time.advance(3_600_000)
    expect(line.state.trustRefused).toBe('list_older')
    expect(line.state.phase).toBe('waiting')
  })

  it('counts for nothing once its time is over: nothing is said to anybody it would have cleared', async () => {
    const stage = await Stage.make()
    stage.time.jump(3 * DAY)
    await stage.organisation.intakeRotate()
    const { survivor } = await stage.talk()
    const old = stage.organisation.bundle()
    stage.hotline.bundle = () => old
    stage.time.jump(4 * DAY + 700_000)
    const said = (): number => stage.log.log.filter(({ kind }) => kind === 1).length
    const before = said()
    survivor.sendText('Anybody?')
    await stage.quiet()
    expect(survivor.state.notices.some((notice) => notice.kind === 'untrusted' && notice.reason === 'list_stale')).toBe(
      true,
    )
    expect([said(), survivor.state.connection]).toEqual([before, 'broken'])
  })

  it('and a device that is revoked in the middle is not spoken to any more', async () => {
    const stage = await Stage.make()
    const { line, survivor, console } = await stage.talk()
    await stage.organisation.revoke(console.staff)
    await stage.time.advance(3_600_000)
    await until(() => survivor.state.connection === 'broken')
    expect(last(survivor)).toMatchObject({ kind: 'untrusted', reason: 'revoked' })
    const { head } = stage.log
    survivor.sendText('Not for this device.')
    await stage.quiet()
    expect(stage.log.head).toBe(head)
    expect(line.state.phase).toBe('talking')
  })
})

describe('the server goes back in time', () => {
  it('with a log that ends before what it had given', async () => {
    const stage = await Stage.make()
    const { survivor } = await stage.talk()
    stage.relay.tamper = (frame, seat) =>
      frame.type === 'ready' && seat === SURVIVOR ? [{ ...frame, head: 1 }] : [frame]
    stage.relay.cut()
    await stage.time.advance(2_000)
    expect(last(survivor)).toMatchObject({ kind: 'order_broken', how: 'rolled_back' })
  })

  it('with a whole old conversation for somebody who comes back: nothing of it shows again', async () => {
    const stage = await Stage.make()
    const { line, survivor, advocate } = await stage.talk()
    const place = new FakePlace()
    await line.keepIn(place)
    advocate.sendText('Meet me at nine.')
    await until(() => texts(survivor).length === 1)
    survivor.markRead(survivor.state.messages[0]!.id)
    await stage.quiet()
    line.destroy()
    const old = [...stage.log.log]
    stage.time.jump(2 * 3_600_000)
    for (const entry of old) stage.relay.forge(stage.log, { ...entry, by: entry.seat.number })
    const later = await SurvivorLine.resume(stage.parts, { content: place.content, place })
    const again = later.state.conversation!
    await until(() => again.state.connection !== 'connecting')
    await stage.quiet()
    expect(texts(again)).toEqual([])
    expect(kinds(again)).toContain('unreadable')
  })

  it('with a whole old conversation for somebody who forgot everything: its Welcome fits no key any more', async () => {
    const stage = await Stage.make()
    const { line, advocate } = await stage.talk()
    const keys = returnKeys()
    await line.keepReturn(keys)
    advocate.sendText('Meet me at nine.')
    await stage.quiet()
    line.destroy()
    advocate.destroy()
    const later = await SurvivorLine.back(stage.parts, keys)
    await stage.quiet()
    const again = later.state.conversation!
    expect([again.state.connection, again.state.me, texts(again)]).toEqual(['joining', '', []])
  })
})

describe('the server serves another root', () => {
  it('refused where a link or a kept app names the root', async () => {
    const stage = await Stage.make()
    const fingerprint = await rootFingerprint(stage.organisation.root)
    const pinned = await stage.trustOpen({ fingerprint })
    expect(pinned.shown.pinnedBy).toBe('link')
    const other = await Organisation.make(stage.time.seconds, stage.organisation.slug)
    stage.hotline.bundle = () => other.bundle()
    await expect(stage.trustOpen({ fingerprint })).rejects.toMatchObject({ name: 'TrustRefused', reason: 'root' })
    await expect(stage.trustOpen({ root: stage.organisation.root })).rejects.toBeInstanceOf(TrustRefused)
    stage.time.jump(61_000)
    await expect(pinned.refresh()).rejects.toMatchObject({ reason: 'root' })
  })

  it('not noticed on the very first visit without a fingerprint, which is shown as the limit it is', async () => {
    const stage = await Stage.make()
    const other = await Organisation.make(stage.time.seconds, stage.organisation.slug)
    stage.hotline.bundle = () => other.bundle()
    const trust: TrustWatch = await stage.trustOpen()
    expect(trust.shown.pinnedBy).toBe('first_use')
    expect(trust.shown.root).toEqual(other.root)
  })

  it("and where this device's clock may be why, that is said instead of alarm", async () => {
    const stage = await Stage.make()
    const bundle = stage.organisation.bundle()
    stage.hotline.bundle = () => bundle
    stage.time.jump(8 * DAY)
    await expect(stage.trustOpen()).rejects.toMatchObject({ reason: 'list_stale', clockOff: true })
  })
})

describe('a member that lies inside the encryption', () => {
  const lies: Record<string, Record<string, unknown>> = {
    'a number used before': { n: 1 },
    'a field that nobody knows': { extra: true },
    'a type that nobody knows': { type: 'location' },
    'another version': { v: 2 },
    'a timer that nobody may set': { type: 'timer', seconds: 1 },
  }
  it.each(Object.keys(lies))('with %s is not believed', async (what) => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.rawTalk()
    await advocate.text('First.')
    await advocate.say(lies[what]!)
    await until(() => kinds(survivor).at(-1) === 'unreadable')
    expect([texts(survivor), survivor.state.timer]).toEqual([['First.'], 86_400])
  })

  it('cannot put a message under the id of one that is on the screen: each id stands there once', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.rawTalk()
    const id = survivor.sendText('Mine.')
    await stage.quiet()
    await advocate.say({ type: 'text', id, text: 'An echo.', timer: 3_600, once: false })
    await advocate.text('Theirs.')
    await until(() => texts(survivor).length > 1)
    expect(texts(survivor)).toEqual(['Mine.', 'Theirs.'])
  })

  it('cannot confirm what it was never sent', async () => {
    const stage = await Stage.make()
    const { survivor, advocate } = await stage.rawTalk()
    await advocate.say({ seen: [[survivor.state.me, 1_000]] })
    await settled()
    survivor.sendText('Heard?')
    await stage.quiet()
    expect(states(survivor)).toEqual([['Heard?', 'stored']])
  })
})
