/** A seat's log as it is read: how far, when everything that was there has been read, and how it goes on after a break. */

import type { Bytes } from '../net/bytes'
import type { Envelope, Ready } from '../net/frames'
import { SeatLink } from '../net/relay'
import type { Absent, LinkState } from '../net/relay'
import type { Relay } from './options'
import type { Reader } from './reader'
import type { Session } from './session'

export interface LogLinkEvents {
  /** The state of the connection, or what is known of the log, changed. */
  changed(): void
  /** Everything that was there when the connection opened has been read. */
  caughtUp(): void
  /** The server counts a change of the group that it did not hand out. */
  lost(): void
  /** This seat is over. */
  ended(): void
  /** Nothing more can be read: what came could not be kept, or something broke. */
  failed(error: unknown): void
}

export interface LogLinkOptions {
  readonly relay: Relay
  readonly token: Bytes
  readonly session: Session
  readonly reader: Reader
  readonly events: LogLinkEvents
  /** Everything up to here was processed. */
  readonly cursor: number
  /** Milliseconds: the last moment at which the log was known to be read to its end. */
  readonly aliveAt: number
}

export class LogLink {
  readonly #o: LogLinkOptions
  #link: SeatLink | null = null
  #state: LinkState = 'stopped'
  #head = 0
  #cursor: number
  #aliveAt: number

  constructor(options: LogLinkOptions) {
    this.#o = options
    this.#cursor = options.cursor
    this.#aliveAt = options.aliveAt
  }

  get state(): LinkState {
    return this.#state
  }

  get cursor(): number {
    return this.#cursor
  }

  get aliveAt(): number {
    return this.#aliveAt
  }

  /** A connection that goes on after what was processed. */
  connect(): void {
    const { relay, token, session } = this.#o
    const { socket, exchange, time } = relay
    const link = new SeatLink(
      { token, after: this.#cursor, socket, exchange, time, random: () => relay.random() },
      {
        ready: (ready) => this.#ready(ready),
        envelope: (envelope) => this.#envelope(envelope),
        gone: (range) => this.#gone(range),
        state: (state) => this.#linked(state),
        disorder: (how) => session.notice({ kind: 'order_broken', how }),
        failed: (error) => this.#o.events.failed(error),
      },
    )
    this.#link = link
    session.link = link
    link.start()
  }

  /** After `failed`, once its cause is mended. */
  reconnect(): void {
    if (this.#link !== null && this.#state === 'stopped') this.connect()
  }

  wake(): void {
    this.#link?.wake()
  }

  stop(): void {
    this.#link?.stop()
  }

  #ready(ready: Ready): void {
    const { session } = this.#o
    session.seat = ready.seat
    session.epochServed = Math.max(session.epochServed, ready.epoch)
    session.caughtUp = false
    if (session.group === null) session.epoch = Math.max(session.epoch, ready.epoch)
    this.#head = ready.head
    this.#readOn()
  }

  async #envelope(envelope: Envelope): Promise<void> {
    const { session, reader } = this.#o
    await session.lock.run(() =>
      session.keeper.together(async () => {
        await reader.envelope(envelope)
        this.#cursor = envelope.sequence
      }),
    )
    this.#readOn()
  }

  async #gone(range: Absent): Promise<void> {
    const { session } = this.#o
    session.absences.add({ ...range, aliveAt: this.#aliveAt, now: session.time.now() })
    this.#cursor = range.to
    await session.lock.run(() => session.keeper.flush())
    this.#readOn()
  }

  /** After each step through the log: at its end, what waits may go out. */
  #readOn(): void {
    const { session, events } = this.#o
    if (!session.caughtUp && this.#cursor >= this.#head) {
      session.caughtUp = true
      if (session.group !== null && session.epoch < session.epochServed) events.lost()
      events.caughtUp()
    }
    if (session.caughtUp) this.#aliveAt = session.time.now()
    session.signal.fire()
    events.changed()
  }

  #linked(state: LinkState): void {
    const { session, events } = this.#o
    if (this.#state === 'online' && session.caughtUp) this.#aliveAt = session.time.now()
    this.#state = state
    if (state !== 'online') session.caughtUp = false
    if (state === 'ended') events.ended()
    events.changed()
  }
}
