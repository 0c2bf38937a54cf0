/** What the parts of one conversation share: the group, where the log stands, the counts, and how they tell the person. */

import type { OwnKeyPackage, SecureGroup, StateStore } from '../e2ee/types'
import { randomBytes } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { ActRefused } from '../net/acts'
import type { Act } from '../net/acts'
import type { Answer } from '../net/frames'
import type { Time } from '../net/time'
import { Absences } from './absences'
import { Counters } from './counters'
import type { Keeper } from './keeper'
import { Messages } from './messages'
import { Serial, Signal } from './serial'
import type { NoticeBody } from './types'

/** What differs between the survivor's side and the staff's: keys, trust, and who may take whom back in. */
export interface Parts {
  /** Number of the newest revocation list that this client was served; null where it knows none. */
  listNumber(): number | null
  /** Staff say their number in every message. */
  readonly tellsList: boolean
  join(welcome: Bytes, keyPackage: OwnKeyPackage, store: StateStore): Promise<SecureGroup>
  /** A group of one, to begin again with; null: this side cannot. */
  readonly create: ((store: StateStore) => Promise<SecureGroup>) | null
  /** A fresh key package of one's own and the proof that it belongs to this seat; null: this side cannot rejoin. */
  readonly rejoin: {
    keyPackage(): Promise<OwnKeyPackage>
    /** The content of an envelope of kind 4. */
    content(keyPackage: Bytes, counter: number): Promise<Bytes>
  } | null
  /** Verifies somebody's rejoin and admits its new leaf from now on. Throws `Untrusted` where it is not genuine. null: not this side's task. */
  readonly admitRejoin: ((content: Bytes, lastCounter: number) => Promise<RejoinAsked>) | null
  /** Asks for a newer revocation list than the one that is too old; true where one came. */
  renewTrust(): Promise<boolean>
}

/** A rejoin that is genuine. */
export interface RejoinAsked {
  readonly keyPackage: Bytes
  /** Of the leaf that it would put into the group. */
  readonly signatureKey: Bytes
  readonly counter: number
}

/** Why nothing can be sent. */
export type Block = 'broken' | 'untrusted' | 'ended'

export interface Link {
  act(act: Act): Promise<Answer>
}

export class Session {
  readonly parts: Parts
  readonly time: Time
  readonly keeper: Keeper
  readonly notice: (body: NoticeBody) => void
  readonly changed: () => void
  /** The group and everything that follows from it change only inside. */
  readonly lock = new Serial()
  readonly signal = new Signal()
  readonly absences = new Absences()
  readonly messages = new Messages()
  link: Link = { act: () => Promise.reject(new ActRefused('relay.stopped')) }
  group: SecureGroup | null = null
  /** Key packages that a Welcome may answer. */
  joinWith: OwnKeyPackage[] = []
  counters = new Counters()
  /** Counts the groups that this client was in: what was counted in one means nothing in the next. */
  generation = 0
  /** The server's count of accepted changes, up to what was processed. */
  epoch = 0
  /** What the server said that this count stands at, at the end of the log. */
  epochServed = 0
  /** Everything that was in the log when the connection opened is processed. */
  caughtUp = false
  block: Block | null = null
  /** Own seat number, once the server said it. */
  seat: number | null = null
  timer: number

  constructor(o: {
    parts: Parts
    time: Time
    keeper: Keeper
    timer: number
    notice: (body: NoticeBody) => void
    changed: () => void
  }) {
    this.parts = o.parts
    this.time = o.time
    this.keeper = o.keeper
    this.timer = o.timer
    this.notice = o.notice
    this.changed = o.changed
  }

  get me(): string {
    return this.group?.me.mark ?? ''
  }

  get stopped(): boolean {
    return this.block === 'ended'
  }

  get canSend(): boolean {
    return this.group !== null && this.caughtUp && this.block === null && !this.keeper.failed
  }

  /** Enters a group: fresh counts. `counted`: it is new, so everybody's first message in it is number 1. */
  enter(group: SecureGroup, counted: boolean): void {
    const previous = this.group
    this.group = group
    this.generation += 1
    this.counters = new Counters()
    for (const member of group.members) if (member.mark !== group.me.mark) this.counters.add(member.mark, counted)
    if (previous !== null && previous !== group) previous.close()
    if (this.block === 'broken' || this.block === 'untrusted') this.block = null
  }

  /** Out of the group: nothing can be read or sent until a Welcome comes. */
  leave(): void {
    this.group?.close()
    this.group = null
    this.keeper.forget()
    this.epoch = Math.max(this.epoch, this.epochServed)
  }

  setBlock(block: Block | null): void {
    if (this.block === 'ended') return
    this.block = block
    this.signal.fire()
    this.changed()
  }

  /**
   * Acts at the epoch that was reached; where the server has moved on, waits until that was read and does it again.
   * `build` returns null to give up. Throws `ActRefused` for every other refusal.
   */
  async actAtEpoch(
    build: () => Promise<Act | null>,
    onStale: () => Promise<void> = async () => undefined,
  ): Promise<Answer | null> {
    for (;;) {
      await this.signal.until(() => this.stopped || this.caughtUp)
      if (this.stopped) return null
      const act = await build()
      if (act === null) return null
      const epoch = 'epoch' in act ? act.epoch : this.epoch
      try {
        return await this.link.act(act)
      } catch (error) {
        await onStale()
        if (!(error instanceof ActRefused) || error.code !== 'relay.stale_epoch') throw error
        await this.signal.until(() => this.stopped || this.epoch !== epoch)
      }
    }
  }
}

export const newId = (): Bytes => randomBytes(16)
