/** One conversation as the app and the console hold it: see types.ts for what it shows and docs/adr/0006 for why it works so. */

import { Untrusted } from '../e2ee/types'
import type { SecureGroup } from '../e2ee/types'
import { ActRefused } from '../net/acts'
import { b64Encode, randomBytes } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import type { Answer } from '../net/frames'
import { Board } from './board'
import { Changes } from './changes'
import { Clockwork } from './clockwork'
import { Heard } from './heard'
import { Keeper, NotKept } from './keeper'
import type { Place } from './keeper'
import { snapshotOf, snapshotRestore } from './kept'
import { LogLink } from './log_link'
import type { Entry } from './messages'
import type { ConversationOptions } from './options'
import { Outbox } from './outbox'
import type { Outgoing } from './outbox'
import type { Said } from './payload'
import { Reader } from './reader'
import { Receipts } from './receipts'
import { Rejoin } from './rejoin'
import { newId, Session } from './session'
import { snapshotEncode } from './snapshot'
import type { Snapshot } from './snapshot'
import { TEXT_LIMIT, TIMER_MAX, TIMER_MIN } from './types'
import type { ConversationState, ConversationView, NoticeBody } from './types'
import { Updates } from './updates'

export type { ConversationOptions, Relay } from './options'

/** The text is empty, too long, or the conversation is over. */
export class TextRefused extends Error {
  override name = 'TextRefused'
}

export class Conversation implements ConversationView {
  readonly #options: ConversationOptions
  readonly #session: Session
  readonly #board: Board
  readonly #changes: Changes
  readonly #outbox: Outbox
  readonly #receipts: Receipts
  readonly #updates: Updates
  readonly #rejoin: Rejoin
  readonly #clockwork: Clockwork
  readonly #log: LogLink
  #returning: boolean
  #finishing = false
  #saidNotKept = false

  constructor(options: ConversationOptions) {
    const { time } = options.relay
    this.#options = options
    this.#returning = options.returning != null
    const session = new Session({
      parts: options.parts,
      time,
      keeper: options.kept?.keeper ?? new Keeper(options.place ?? null),
      timer: options.timer,
      notice: (body) => this.#notice(body),
      changed: () => this.#publish(),
    })
    session.joinWith = [...(options.joinWith ?? [])]
    this.#session = session
    this.#changes = new Changes(session)
    this.#receipts = new Receipts(session)
    this.#updates = new Updates(session, this.#changes)
    this.#rejoin = new Rejoin(session, this.#changes)
    this.#rejoin.counter = options.returning?.counter ?? 0
    this.#outbox = new Outbox(session, {
      leaving: (item) => this.#leaving(item),
      stored: (item, sequence) => this.#stored(item, sequence),
      refused: (item, code) => this.#refused(item, code),
      failed: (error) => this.#trouble(error),
    })
    const heard = new Heard(session, this.#receipts, () => void this.#finish())
    const reader = new Reader(session, this.#changes, {
      joined: () => this.#joined(),
      came: (returned) => this.#came(returned),
      said: (payload, sender, sequence) => heard.said(payload, sender, sequence),
      returned: (clientId, sequence) => this.#outbox.returned(clientId, sequence),
      rejoin: (content) => void this.#background(this.#rejoin.admit(content)),
      restart: () => void this.#background(this.#restart()),
      lost: (reason) => this.#lost(reason),
    })
    this.#log = new LogLink({
      ...options,
      session,
      reader,
      cursor: options.kept?.snapshot.cursor ?? 0,
      aliveAt: options.kept?.snapshot.aliveAt ?? options.since,
      events: {
        changed: () => this.#publish(),
        caughtUp: () => void this.#background(session.lock.run(() => this.#forgetUnsent())),
        lost: () => this.#lost('unreadable'),
        ended: () => this.#ended(),
        failed: (error) => this.#trouble(error),
      },
    })
    this.#board = new Board(session, () => this.#log.state)
    this.#clockwork = new Clockwork(session, this.#receipts, this.#updates, {
      seen: () => this.#outbox.add({ type: 'seen' }),
      changed: () => this.#keep(),
      failed: (error) => this.#trouble(error),
    })
    const [log, outbox, updates, rejoin] = [this.#log, this.#outbox, this.#updates, this.#rejoin]
    session.keeper.describe((group) => snapshotEncode(snapshotOf({ session, log, outbox, updates, rejoin }, group)))
    if (options.kept !== undefined) this.#restore(options.kept.snapshot, options.kept.group)
  }

  get state(): ConversationState {
    return this.#board.state
  }

  subscribe(run: (state: ConversationState) => void): () => void {
    return this.#board.subscribe(run)
  }

  /** Connects. */
  start(): this {
    this.#clockwork.tick()
    this.#log.connect()
    if (this.#returning) void this.#background(this.#rejoin.ask())
    this.#returning = false
    return this
  }

  /** The network is back, or the page is shown again. */
  wake(): void {
    this.#clockwork.tick()
    this.#log.wake()
  }

  sendText(text: string, options: { once?: boolean } = {}): string {
    const ready = text.trim()
    if (ready === '' || ready.length > TEXT_LIMIT || this.#session.stopped) throw new TextRefused()
    const { messages, me, timer, time } = this.#session
    const message = { id: b64Encode(randomBytes(16)), text: ready, timer, once: options.once ?? false }
    messages.addMine({ ...message, from: me }, time.now())
    this.#outbox.add({ type: 'text', ...message })
    this.#keep()
    return message.id
  }

  setTimer(seconds: number): void {
    if (!Number.isInteger(seconds) || seconds < TIMER_MIN || seconds > TIMER_MAX) throw new RangeError('not a timer')
    if (seconds === this.#session.timer || this.#session.stopped) return
    this.#session.timer = seconds
    this.#outbox.add({ type: 'timer', seconds })
    this.#notice({ kind: 'timer_changed', by: this.#session.me, mine: true, seconds })
    this.#keep()
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
    const { group, block, stopped, keeper } = this.#session
    if (stopped) return
    this.#outbox.withdraw(() => true)
    // Where nothing can be said, to go is all that is left.
    if (group === null || block !== null || keeper.failed) return this.#finish({ kind: 'closed', by: '', mine: true })
    this.#outbox.add({ type: 'close' })
    await this.#session.signal.until(() => this.#session.stopped)
  }

  rejoin(): Promise<void> {
    return this.#background(this.#rejoin.ask())
  }

  /** Keeps everything in this place from now on, or (null) nothing any more. Throws `NotKept`; the conversation then waits. */
  async keepIn(place: Place | null): Promise<void> {
    try {
      await this.#session.lock.run(() => this.#session.keeper.use(place))
      this.#saidNotKept = false
      if (!this.#session.stopped) this.#log.reconnect()
    } finally {
      this.#session.signal.fire()
      this.#publish()
    }
  }

  /** Takes a member in, with a new seat; makes the group first where there is none yet. Throws `ActRefused`, `Untrusted`. */
  async addMember(keyPackage: Bytes, seat: Bytes): Promise<Answer | null> {
    return this.#changes.propose(async () => {
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
      const refused = (await this.#session.group?.review())?.[0]
      if (refused !== undefined) return this.#trouble(new Untrusted(refused.reason))
      if (this.#session.block === 'untrusted') this.#session.setBlock(null)
    })
  }

  destroy(): void {
    this.#session.keeper.close()
    this.#session.setBlock('ended')
    this.#log.stop()
    this.#session.leave()
    for (const keyPackage of this.#session.joinWith.splice(0)) keyPackage.wipe()
    this.#session.messages.erase(() => true)
    this.#outbox.clear()
    this.#board.close()
    this.#clockwork.stop()
  }

  /** In a group that is new to this client: says hello, and again what nobody confirmed in the one before. */
  #joined(): void {
    this.#updates.fresh()
    const seat = this.#session.seat ?? 0
    const timer = this.#options.tellTimer ? { timer: this.#session.timer } : {}
    this.#outbox.addFirst({ type: 'hello', seat, ...timer }, ...this.#unconfirmed())
  }

  /** Whoever comes later learns the timer; whoever came back gets again what it may have missed. */
  #came(returned: boolean): void {
    const timer: Said[] = this.#options.tellTimer ? [{ type: 'timer', seconds: this.#session.timer }] : []
    this.#outbox.addFirst(...timer, ...(returned ? this.#unconfirmed() : []))
  }

  #unconfirmed(): Said[] {
    const { messages } = this.#session
    return messages
      .takeUnconfirmed()
      .map(({ id, text, timer, once }: Entry) => ({ type: 'text', id, text, timer, once }))
  }

  /** A commit of an earlier visit that did not arrive. */
  async #forgetUnsent(): Promise<void> {
    if (!this.#changes.pending) await this.#session.group?.pending?.discard()
  }

  #ended(): void {
    if (this.#session.stopped) return
    if (!this.#finishing) this.#notice({ kind: 'ended' })
    this.#session.setBlock('ended')
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
    const { messages, absences } = this.#session
    if (said.type === 'text') {
      const state = messages.find(said.id)?.state === 'sending' ? { state: 'stored' as const } : {}
      messages.change(said.id, { sequence, ...state })
      this.#receipts.confirmed()
    }
    if (said.type === 'burn') {
      const upTo = Math.max(0, sequence - 1)
      absences.burned(upTo)
      void this.#background(this.#session.link.act({ type: 'burn', clientId: newId(), upTo }))
    }
    if (said.type === 'close') void this.#finish({ kind: 'closed', by: this.#session.me, mine: true })
    this.#updates.sent()
    this.#keep()
  }

  #refused(item: Outgoing, code: string): void {
    if (item.said.type === 'text')
      this.#session.messages.change(item.said.id, { state: 'refused', refusal: code, n: null })
    if (item.said.type === 'close') void this.#finish({ kind: 'closed', by: this.#session.me, mine: true })
    this.#keep()
  }

  /** The conversation is over: gives the seat back and closes. */
  async #finish(last?: NoticeBody): Promise<void> {
    if (this.#finishing) return
    this.#finishing = true
    if (last !== undefined) this.#notice(last)
    await this.#background(this.#session.link.act({ type: 'leave', clientId: newId() }))
    this.#session.setBlock('ended')
    this.#log.stop()
  }

  #notice(body: NoticeBody): void {
    this.#board.notice(body)
  }

  #keep(): void {
    this.#publish()
    void this.#background(this.#session.lock.run(() => this.#session.keeper.flush()))
  }

  /** What nobody waits for: its failure shows in the state. */
  async #background(task: Promise<unknown>): Promise<void> {
    try {
      await task
    } catch (error) {
      this.#trouble(error)
    }
  }

  /** What a failure means for the conversation. A refusal by the relay is over with it. */
  #trouble(error: unknown): void {
    if (this.#session.stopped || error instanceof ActRefused) return
    if (error instanceof NotKept) this.#notKept()
    else if (error instanceof Untrusted) this.#untrusted(error)
    else this.#lost('unreadable')
  }

  #notKept(): void {
    if (!this.#saidNotKept) this.#notice({ kind: 'not_kept' })
    this.#saidNotKept = true
  }

  #untrusted(error: Untrusted): void {
    if (this.#session.block !== null) return
    this.#notice({ kind: 'untrusted', reason: error.reason })
    this.#session.setBlock('untrusted')
  }

  #publish(): void {
    this.#board.publish()
    this.#clockwork.plan()
  }

  #restore(snapshot: Snapshot, group: SecureGroup | null): void {
    const [session, outbox, updates, rejoin] = [this.#session, this.#outbox, this.#updates, this.#rejoin]
    snapshotRestore({ session, outbox, updates, rejoin }, snapshot, group)
    // It had asked to be taken in again, with keys that went with the page.
    this.#returning ||= snapshot.joined && group === null
    if (session.messages.eraseGone(session.time.now())) this.#keep()
    this.#publish()
  }
}
