/** The conversation of a survivor's request: opened on the seat that the server names, watched, and replaced when an advocate was lost. */

import { joinGroup, pseudonymKeyPackage, restoreGroup, signRejoin } from '../e2ee'
import type { Clock, Leaf, MemberPolicy, SecureGroup } from '../e2ee'
import { sameBytes } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { Conversation } from './engine'
import type { ConversationOptions, Relay } from './options'
import { Keeper } from './keeper'
import type { LinePlace } from './line_place'
import type { LineRecord } from './line_record'
import { LivePolicy } from './policy'
import type { Parts } from './session'
import { snapshotDecode } from './snapshot'
import type { TrustWatch } from './trust'
import type { ConversationState, Notice } from './types'

/** Seconds, until the advocate says another. */
const TIMER = 86_400

export interface LineTalkEvents {
  /** Its keys came (again), or went. */
  member(is: boolean): void
  /** Somebody said that it is over. */
  closed(mine: boolean): void
  /** Somebody erased what was said. */
  burned(): void
  /** The server ended it. */
  ended(): void
  /** Somebody knows a newer revocation list, or the own one is too old. */
  listOld(): void
  /** The place on the device took something no more. */
  notKept(): void
  /** The record changed. */
  changed(): void
  renewTrust(): Promise<boolean>
}

/** The server names a seat that was never offered. */
export class UnknownSeat extends Error {
  override name = 'UnknownSeat'
}

export class LineTalk {
  readonly #relay: Relay
  readonly #record: LineRecord
  readonly #place: LinePlace
  readonly #events: LineTalkEvents
  readonly #policy: MemberPolicy
  readonly #parts: Parts
  readonly #now: Clock
  /** Leaves of this visit's own: where this client asked twice to be taken in, the second answer comes to the first leaf. */
  #own: readonly Leaf[] = []
  #conversation: Conversation | null = null
  #unsubscribe: () => void = () => undefined
  #noticed = 0
  #started = false

  constructor(o: { relay: Relay; trust: TrustWatch; record: LineRecord; place: LinePlace; events: LineTalkEvents }) {
    this.#relay = o.relay
    this.#record = o.record
    this.#place = o.place
    this.#events = o.events
    this.#now = () => Math.floor(o.relay.time.now() / 1000)
    this.#policy = new LivePolicy(
      () => o.trust.current,
      this.#now,
      () => this.#own,
    )
    this.#parts = this.#partsWith(o.trust)
  }

  get conversation(): Conversation | null {
    return this.#conversation
  }

  /** Whether it goes on: until it ends there is nothing to ask the hotline. */
  get goesOn(): boolean {
    return this.#conversation !== null && this.#conversation.state.connection !== 'ended'
  }

  /** Prepares the conversation of a seat, as it was kept where there is a snapshot. Nothing happens where it is open. Throws `UnknownSeat`. */
  async open(seat: Bytes, snapshot: Bytes | null = null): Promise<void> {
    const record = this.#record
    const offer = record.offers.find(({ address }) => sameBytes(address, seat))
    if (offer === undefined) throw new UnknownSeat()
    if (this.#conversation !== null && record.seat !== null && sameBytes(record.seat, seat)) return
    this.destroy()
    record.seat = seat
    if (snapshot === null) this.#place.forget()
    const conversation = new Conversation({
      relay: this.#relay,
      token: offer.token,
      parts: this.#parts,
      timer: TIMER,
      tellTimer: false,
      since: record.since,
      joinWith: offer.keys === null ? [] : [offer.keys],
      returning: offer.keys === null && snapshot === null ? { counter: record.rejoinCounter } : null,
      place: this.#place.used ? this.#place : null,
      ...(snapshot === null ? {} : { kept: await this.#restored(snapshot) }),
    })
    this.#conversation = conversation
    this.#noticed = 0
    this.#started = false
    this.#unsubscribe = conversation.subscribe((state) => this.#watch(state))
  }

  /** Connects it, once. */
  start(): void {
    if (!this.#started) this.#conversation?.start()
    this.#started = true
  }

  /** Forgets the conversation at once. */
  destroy(): void {
    this.#unsubscribe()
    this.#conversation?.destroy()
    this.#conversation = null
  }

  #watch({ me, connection, notices }: ConversationState): void {
    const fresh = notices.filter(({ number }) => number > this.#noticed)
    this.#noticed = notices.at(-1)?.number ?? this.#noticed
    if (connection !== 'ended') this.#events.member(me !== '')
    for (const notice of fresh) this.#noticedOne(notice)
    if (connection === 'ended') this.#events.ended()
  }

  #noticedOne(notice: Notice): void {
    if (notice.kind === 'burned') this.#events.burned()
    if (notice.kind === 'closed') this.#events.closed(notice.mine)
    if (notice.kind === 'newer_list') this.#events.listOld()
    if (notice.kind === 'untrusted' && notice.reason === 'list_stale') this.#events.listOld()
    if (notice.kind === 'not_kept') this.#events.notKept()
  }

  async #restored(raw: Bytes): Promise<NonNullable<ConversationOptions['kept']>> {
    const snapshot = snapshotDecode(raw)
    const keeper = new Keeper(this.#place.used ? this.#place : null)
    const group = snapshot.group === null ? null : await this.#groupOf(snapshot.group, keeper)
    return { snapshot, keeper, group }
  }

  #groupOf(state: Bytes, store: Keeper): Promise<SecureGroup> {
    return restoreGroup({ state, policy: this.#policy, store, now: this.#now })
  }

  /** What a survivor brings: no list to tell, no group to make, and a key by which the advocate knows this seat again. */
  #partsWith(trust: TrustWatch): Parts {
    const { rejoin } = this.#record
    return {
      listNumber: () => trust.listNumber,
      tellsList: false,
      join: (welcome, keyPackage, store) =>
        joinGroup({ welcome, keyPackage, policy: this.#policy, store, now: this.#now }),
      create: null,
      rejoin: {
        keyPackage: async () => {
          const keys = await pseudonymKeyPackage(this.#now)
          this.#own = [...this.#own, { identity: keys.identity, signatureKey: keys.signatureKey }]
          return keys
        },
        content: async (keyPackage, counter) => {
          this.#record.rejoinCounter = counter
          this.#events.changed()
          return signRejoin({ keyPackage, counter, privateKey: rejoin.privateKey })
        },
      },
      admitRejoin: null,
      renewTrust: () => this.#events.renewTrust(),
    }
  }
}
