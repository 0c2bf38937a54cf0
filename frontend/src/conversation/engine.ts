/** One conversation as the app and the console hold it: see types.ts for what it shows and docs/adr/0006 for why it works so. */

import type { OwnKeyPackage, SecureGroup } from '../e2ee/types'
import { b64Encode, randomBytes } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import type { Envelope, Ready } from '../net/frames'
import { SeatLink } from '../net/relay'
import type { Absent, LinkState } from '../net/relay'
import type { Time } from '../net/time'
import type { OpenTransport } from '../net/transport'
import { Changes } from './changes'
import { Counters } from './counters'
import { Heard } from './heard'
import { Keeper } from './keeper'
import type { Place } from './keeper'
import { Outbox } from './outbox'
import type { Outgoing } from './outbox'
import type { Said } from './payload'
import { Reader } from './reader'
import { Receipts } from './receipts'
import { Rejoin } from './rejoin'
import { newId, Session } from './session'
import type { Parts } from './session'
import { snapshotEncode } from './snapshot'
import type { Snapshot } from './snapshot'
import { Store } from './store'
import { Ticker } from './ticker'
import { TEXT_LIMIT, TIMER_MAX, TIMER_MIN } from './types'
import type { Connection, ConversationState, ConversationView, Notice, NoticeBody } from './types'
import { Updates } from './updates'

/** The ways to the relay, and the clock: `browserRelay()`, or a test's. */
export interface Relay {
  readonly socket: OpenTransport
  readonly exchange: OpenTransport | null
  readonly time: Time
  random(): number
}

export interface ConversationOptions {
  readonly relay: Relay
  readonly token: Bytes
  readonly parts: Parts
  /** Seconds, until somebody sets another. */
  readonly timer: number
  /** Whether to say the timer at the beginning: one side does. */
  readonly tellTimer: boolean
  /** Milliseconds: nothing of this conversation is older. */
  readonly since: number
  /** Key packages that the Welcome may answer. */
  readonly joinWith?: readonly OwnKeyPackage[]
  /** A sealed place on the device; without it everything stays in memory. */
  readonly place?: Place
  /** What was kept there, and the group restored from `kept.group` with `keeper` as its store. */
  readonly kept?: { snapshot: Snapshot; keeper: Keeper; group: SecureGroup | null }
}

/** The text is empty, too long, or the conversation is over. */
export class TextRefused extends Error {
  override name = 'TextRefused'
}

export class Conversation implements ConversationView {
  readonly #session: Session
  readonly #changes: Changes
  readonly #outbox: Outbox
  readonly #receipts: Receipts
  readonly #updates: Updates
  readonly #rejoin: Rejoin
  readonly #reader: Reader
  readonly #heard: Heard
  readonly #ticker: Ticker
  readonly #link: SeatLink
  readonly #tellTimer: boolean
  readonly #store: Store<ConversationState>
  #linkState: LinkState = 'stopped'
  #notices: Notice[] = []
  #safetyNumber: string | null = null
  #cursor: number
  #head = 0
  #aliveAt: number
  #numbered: { group: SecureGroup; epoch: bigint } | null = null
  #finishing = false

  constructor(options: ConversationOptions) {
    const { time } = options.relay
    const keeper = options.kept?.keeper ?? new Keeper(options.place ?? null)
    const session = new Session({
      parts: options.parts,
      time,
      keeper,
      timer: options.timer,
      notice: (body) => this.#notice(body),
      changed: () => this.#publish(),
    })
    this.#session = session
    this.#tellTimer = options.tellTimer
    this.#aliveAt = options.since
    this.#cursor = options.kept?.snapshot.cursor ?? 0
    session.joinWith = [...(options.joinWith ?? [])]
    this.#changes = new Changes(session)
    this.#receipts = new Receipts(session)
    this.#updates = new Updates(session, this.#changes)
    this.#rejoin = new Rejoin(session, this.#changes)
    this.#outbox = new Outbox(session, {
      leaving: (item) => this.#leaving(item),
      stored: (item, sequence) => this.#stored(item, sequence),
      refused: (item, code) => this.#refused(item, code),
    })
    this.#heard = new Heard(session, this.#receipts, () => void this.#finish())
    this.#reader = new Reader(session, this.#changes, {
      joined: () => this.#joined(),
      said: (payload, sender, sequence) => this.#heard.said(payload, sender, sequence),
      returned: (clientId, sequence) => this.#outbox.returned(clientId, sequence),
      rejoin: (content) => void this.#background(this.#rejoin.admit(content)),
      restart: () => void this.#background(this.#restart()),
      lost: (reason) => this.#lost(reason),
    })
    this.#link = new SeatLink(
      {
        token: options.token,
        after: this.#cursor,
        socket: options.relay.socket,
        exchange: options.relay.exchange,
        time,
        random: () => options.relay.random(),
      },
      {
        ready: (ready) => this.#ready(ready),
        envelope: (envelope) => this.#envelope(envelope),
        gone: (range) => this.#gone(range),
        state: (state) => this.#linked(state),
        disorder: (how) => this.#notice({ kind: 'order_broken', how }),
        failed: () => this.#lost('unreadable'),
      },
    )
    session.link = this.#link
    this.#ticker = new Ticker(
      time,
      () => this.#deadlines(),
      () => this.#tick(),
    )
    this.#store = new Store(this.#view())
    keeper.describe((group) => this.#snapshot(group))
    if (options.kept !== undefined) this.#restore(options.kept.snapshot, options.kept.group)
  }

  get state(): ConversationState {
    return this.#store.value
  }

  subscribe(run: (state: ConversationState) => void): () => void {
    return this.#store.subscribe(run)
  }

  /** Connects. What was kept and is over is erased before. */
  start(): this {
    this.#tick()
    this.#link.start()
    return this
  }

  /** The network is back, or the page is shown again. */
  wake(): void {
    this.#tick()
    this.#link.wake()
  }

  sendText(text: string, options: { once?: boolean } = {}): string {
    const ready = text.trim()
    if (ready === '' || ready.length > TEXT_LIMIT || this.#session.stopped) throw new TextRefused()
    const id = b64Encode(randomBytes(16))
    const { timer } = this.#session
    const once = options.once ?? false
    this.#session.messages.addMine({ id, from: this.#session.me, text: ready, timer, once }, this.#session.time.now())
    this.#outbox.add({ type: 'text', id, text: ready, timer, once })
    this.#publish()
    return id
  }

  setTimer(seconds: number): void {
    if (!Number.isInteger(seconds) || seconds < TIMER_MIN || seconds > TIMER_MAX) throw new RangeError('not a timer')
    if (seconds === this.#session.timer || this.#session.stopped) return
    this.#session.timer = seconds
    this.#outbox.add({ type: 'timer', seconds })
    this.#notice({ kind: 'timer_changed', by: this.#session.me, mine: true, seconds })
  }

  markRead(id: string): void {
    this.#session.messages.markRead(id, this.#session.time.now())
    this.#keep()
  }

  closeOnce(id: string): void {
    if (this.#session.messages.erase((entry) => entry.id === id && entry.once)) this.#keep()
  }

  burn(): void {
    this.#session.messages.erase(() => true)
    this.#outbox.withdraw((said) => said.type === 'text')
    if (!this.#session.stopped) this.#outbox.add({ type: 'burn' })
    this.#notice({ kind: 'burned', by: this.#session.me, mine: true })
    this.#keep()
  }

  async close(): Promise<void> {
    if (this.#session.stopped) return
    this.#outbox.withdraw(() => true)
    this.#outbox.add({ type: 'close' })
    await this.#session.signal.until(() => this.#session.stopped)
  }

  rejoin(): Promise<void> {
    return this.#rejoin.ask()
  }

  /** Takes a member in, with a new seat; makes the group first where there is none yet. Throws `ActRefused`, `Untrusted`. */
  async addMember(keyPackage: Bytes, seat: Bytes): Promise<void> {
    await this.#changes.propose(async () => {
      const { group, parts, keeper } = this.#session
      if (group !== null) return { group, pending: await group.add([keyPackage]), fresh: false }
      if (parts.create === null) return null
      const fresh = await parts.create(keeper)
      return { group: fresh, pending: await fresh.add([keyPackage]), fresh: true }
    }, [seat])
  }

  /** A newer revocation list or certificate is known: the members are looked at again. */
  async trustChanged(): Promise<void> {
    await this.#session.lock.run(async () => {
      const { group, parts } = this.#session
      if (group === null) return
      group.usePolicy(parts.policy())
      const refused = (await group.review())[0]
      if (refused !== undefined) this.#notice({ kind: 'untrusted', reason: refused.reason })
      if (refused !== undefined && this.#session.block === null) this.#session.setBlock('untrusted')
      if (refused === undefined && this.#session.block === 'untrusted') this.#session.setBlock(null)
    })
  }

  destroy(): void {
    this.#session.setBlock('ended')
    this.#ticker.stop()
    this.#link.stop()
    this.#session.group?.close()
    this.#session.group = null
    for (const keyPackage of this.#session.joinWith.splice(0)) keyPackage.wipe()
    this.#session.messages.erase(() => true)
    this.#outbox.withdraw(() => true)
    this.#notices = []
    this.#publish()
    this.#store.close()
  }

  #joined(): void {
    this.#updates.fresh()
    for (const entry of this.#session.messages.entries) this.#session.messages.change(entry.id, { n: null })
    const seat = this.#session.seat ?? 0
    this.#outbox.addFirst({ type: 'hello', seat, ...(this.#tellTimer ? { timer: this.#session.timer } : {}) })
  }

  #ready(ready: Ready): void {
    this.#session.seat = ready.seat
    this.#head = ready.head
    this.#session.caughtUp = false
    if (this.#session.group === null) this.#session.epoch = Math.max(this.#session.epoch, ready.epoch)
    return this.#readOn()
  }

  async #envelope(envelope: Envelope): Promise<void> {
    await this.#session.lock.run(() =>
      this.#session.keeper.together(async () => {
        await this.#reader.envelope(envelope)
        this.#cursor = envelope.sequence
      }),
    )
    this.#readOn()
  }

  async #gone(range: Absent): Promise<void> {
    this.#reader.gone(range, this.#aliveAt)
    this.#cursor = range.to
    this.#readOn()
    await this.#session.keeper.flush()
  }

  /** After each step through the log: at its end, what waits may go out. */
  #readOn(): void {
    if (!this.#session.caughtUp && this.#cursor >= this.#head) {
      this.#session.caughtUp = true
      void this.#background(this.#session.lock.run(() => this.#forgetUnsent()))
    }
    if (this.#session.caughtUp) this.#aliveAt = this.#session.time.now()
    this.#session.signal.fire()
    this.#publish()
  }

  /** A commit of an earlier visit that did not arrive. */
  async #forgetUnsent(): Promise<void> {
    if (!this.#changes.pending) await this.#session.group?.pending?.discard()
  }

  #linked(state: LinkState): void {
    const wasOnline = this.#linkState === 'online'
    this.#linkState = state
    if (wasOnline && this.#session.caughtUp) this.#aliveAt = this.#session.time.now()
    if (state !== 'online') this.#session.caughtUp = false
    if (state === 'ended' && !this.#session.stopped) {
      if (!this.#finishing) this.#notice({ kind: 'ended' })
      this.#session.setBlock('ended')
    }
    this.#publish()
  }

  #lost(reason: 'stranger' | 'unreadable'): void {
    if (this.#session.stopped || this.#session.block === 'broken') return
    this.#notice({ kind: 'change_refused', reason })
    this.#session.setBlock('broken')
    // Whom a member tried to bring in is for the person to judge; what merely cannot be read is repaired at once.
    if (reason === 'unreadable') void this.#background(this.#rejoin.automatic())
  }

  async #restart(): Promise<void> {
    if (this.#session.parts.rejoin !== null) await this.#rejoin.automatic()
  }

  #leaving(item: Outgoing): void {
    this.#receipts.carried()
    if (item.said.type === 'text') this.#session.messages.change(item.said.id, { n: item.n, from: this.#session.me })
  }

  #stored(item: Outgoing, sequence: number): void {
    const { said } = item
    if (said.type === 'text') {
      const state = this.#session.messages.find(said.id)?.state === 'sending' ? { state: 'stored' as const } : {}
      this.#session.messages.change(said.id, { sequence, ...state })
      this.#receipts.confirmed()
    }
    if (said.type === 'burn')
      void this.#background(this.#session.link.act({ type: 'burn', clientId: newId(), upTo: sequence - 1 }))
    if (said.type === 'close') void this.#finish({ kind: 'closed', by: this.#session.me, mine: true })
    this.#updates.sent()
    this.#keep()
  }

  #refused(item: Outgoing, code: string): void {
    if (item.said.type === 'text')
      this.#session.messages.change(item.said.id, { state: 'refused', refusal: code, n: null })
    if (item.said.type === 'close') void this.#finish()
    this.#keep()
  }

  /** The conversation is over: gives the seat back and closes. */
  async #finish(last?: NoticeBody): Promise<void> {
    this.#finishing = true
    if (last !== undefined) this.#notice(last)
    await this.#background(this.#session.link.act({ type: 'leave', clientId: newId() }))
    this.#session.setBlock('ended')
    this.#link.stop()
  }

  /** Erases what is over, says what is due. */
  #tick(): void {
    const now = this.#session.time.now()
    const erased = this.#session.messages.eraseGone(now)
    this.#receipts.overdue(now)
    if (this.#receipts.take(now)) this.#outbox.add({ type: 'seen' } satisfies Said)
    void this.#background(this.#updates.run(now))
    if (erased) this.#keep()
    else this.#publish()
  }

  #deadlines(): readonly (number | null)[] {
    return [this.#session.messages.nextEnd(), this.#receipts.due, this.#receipts.nextOverdue(), this.#updates.due]
  }

  #notice(body: NoticeBody): void {
    const number = (this.#notices.at(-1)?.number ?? 0) + 1
    this.#notices = [...this.#notices, { ...body, number, at: this.#session.time.now() }].slice(-200)
    this.#publish()
  }

  #keep(): void {
    this.#publish()
    void this.#background(this.#session.lock.run(() => this.#session.keeper.flush()))
  }

  /** What nobody waits for: a refusal by the relay is over with it, anything else breaks the conversation visibly. */
  async #background(task: Promise<unknown>): Promise<void> {
    try {
      await task
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ActRefused') this.#lost('unreadable')
    }
  }

  #publish(): void {
    void this.#background(this.#computeSafetyNumber())
    this.#store.set(this.#view())
    this.#ticker.plan()
  }

  async #computeSafetyNumber(): Promise<void> {
    const { group } = this.#session
    if (group === this.#numbered?.group && group?.epoch === this.#numbered?.epoch) return
    this.#numbered = group === null ? null : { group, epoch: group.epoch }
    this.#safetyNumber = group === null ? null : await group.safetyNumber()
    this.#store.set(this.#view())
  }

  #connection(): Connection {
    if (this.#session.block === 'ended') return 'ended'
    if (this.#session.block !== null) return 'broken'
    if (this.#linkState === 'connecting' || this.#linkState === 'stopped') return 'connecting'
    if (this.#linkState !== 'online') return 'offline'
    return this.#session.group === null ? 'joining' : 'online'
  }

  #view(): ConversationState {
    return {
      connection: this.#connection(),
      members: this.#session.group?.members ?? [],
      me: this.#session.me,
      messages: this.#session.messages.shown,
      notices: this.#notices,
      timer: this.#session.timer,
      safetyNumber: this.#safetyNumber,
    }
  }

  #snapshot(group: Bytes | null): Bytes {
    return snapshotEncode({
      group,
      cursor: this.#cursor,
      epoch: this.#session.epoch,
      timer: this.#session.timer,
      aliveAt: this.#aliveAt,
      rejoinCounter: this.#rejoin.counter,
      counters: this.#session.counters.toKept(),
      messages: this.#session.messages.entries,
      outgoing: this.#outbox.waiting,
    })
  }

  #restore(snapshot: Snapshot, group: SecureGroup | null): void {
    const session = this.#session
    session.keeper.restore(snapshot.group)
    session.group = group
    session.generation = 1
    session.epoch = snapshot.epoch
    session.timer = snapshot.timer
    session.counters = Counters.fromKept(snapshot.counters)
    session.messages.restore(snapshot.messages)
    this.#aliveAt = snapshot.aliveAt
    this.#rejoin.counter = snapshot.rejoinCounter
    this.#updates.fresh()
    this.#outbox.restore(snapshot.outgoing)
    this.#publish()
  }
}
