/**
 * What this person says, one message after the other: a message is encrypted when its turn comes, and the next waits for its answer. So
 * the order of `n` is the order of the log, and a message that loses against a change of the group is encrypted again for the new epoch.
 */

import { ActRefused } from '../net/acts'
import { sameBytes } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { KIND } from '../net/frames'
import { pad } from '../net/padding'
import { KEPT_FOR, KEPT_FOR_MOST } from './absences'
import { payloadEncode } from './payload'
import type { Said } from './payload'
import { newId } from './session'
import type { Session } from './session'

export interface Outgoing {
  said: Said
  clientId: Bytes
  /** Own number, once encrypted, in the group of this generation. */
  n: number | null
  generation: number
  /** From an earlier visit: it may stand in the log already. */
  restored: boolean
}

export interface OutboxEvents {
  /** Encrypted as number `n`, about to be sent. */
  leaving(item: Outgoing): void
  stored(item: Outgoing, sequence: number): void
  refused(item: Outgoing, code: string): void
  /** It could not be encrypted; it stays where it is. */
  failed(error: unknown): void
}

/** Seconds for which the server keeps a message that nobody fetched. */
function lifeOf(said: Said): number {
  return said.type === 'text' ? Math.max(said.timer, KEPT_FOR) : KEPT_FOR_MOST
}

const fresh = (said: Said): Outgoing => ({ said, clientId: newId(), n: null, generation: 0, restored: false })

export class Outbox {
  readonly #session: Session
  readonly #events: OutboxEvents
  #queue: Outgoing[] = []
  #running = false

  constructor(session: Session, events: OutboxEvents) {
    this.#session = session
    this.#events = events
  }

  get waiting(): readonly Outgoing[] {
    return this.#queue
  }

  add(said: Said): void {
    this.#queue.push(fresh(said))
    this.#start()
  }

  /** Says this before everything else, also before what is on its way but has to be encrypted again. */
  addFirst(...said: Said[]): void {
    this.#queue.unshift(...said.map(fresh))
    this.#start()
  }

  restore(items: readonly Outgoing[]): void {
    this.#queue = [...items]
    this.#start()
  }

  /** Takes back what was not encrypted yet. */
  withdraw(which: (said: Said) => boolean): void {
    this.#queue = this.#queue.filter((item) => item.n !== null || !which(item.said))
  }

  /** Forgets everything. */
  clear(): void {
    this.#queue = []
  }

  /** An own envelope came back: it is settled together with the cursor that passes it, whether or not its answer came. */
  returned(clientId: Bytes, sequence: number): void {
    const item = this.#queue.find((candidate) => candidate.n !== null && sameBytes(candidate.clientId, clientId))
    if (item !== undefined) this.#settle(item, sequence)
  }

  #start(): void {
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      while (this.#queue.length > 0 && !this.#session.stopped) {
        await this.#session.signal.until(
          () => this.#session.stopped || this.#queue.length === 0 || this.#session.canSend,
        )
        const item = this.#queue[0]
        if (item !== undefined && this.#session.canSend) await this.#deliver(item)
      }
    } finally {
      this.#running = false
    }
  }

  async #deliver(item: Outgoing): Promise<void> {
    const { generation } = this.#session
    try {
      const answer = await this.#session.actAtEpoch(() => this.#session.lock.run(() => this.#encrypt(item, generation)))
      if (answer !== null && this.#queue.includes(item)) this.#settle(item, answer.sequence)
    } catch (error) {
      if (this.#queue.includes(item)) this.#failed(item, error)
    }
  }

  async #encrypt(item: Outgoing, generation: number): Promise<Parameters<Session['link']['act']>[0] | null> {
    const { group, counters, parts, epoch } = this.#session
    const next = this.#queue[0] === item && this.#session.generation === generation
    if (group === null || !this.#session.canSend || !next) return null
    if (item.n !== null && !item.restored) item.clientId = newId()
    item.n = counters.next
    item.generation = generation
    const list = parts.tellsList ? parts.listNumber() : null
    const content = payloadEncode({
      n: item.n,
      seen: counters.seen(),
      said: item.said,
      ...(list === null ? {} : { list }),
    })
    this.#events.leaving(item)
    const body = pad(await group.encrypt(content))
    return { type: 'append', clientId: item.clientId, kind: KIND.application, epoch, ttl: lifeOf(item.said), body }
  }

  #settle(item: Outgoing, sequence: number): void {
    this.#queue = this.#queue.filter((other) => other !== item)
    if (item.n !== null && item.generation === this.#session.generation) this.#session.counters.kept(item.n)
    this.#events.stored(item, sequence)
    this.#session.signal.fire()
  }

  #failed(item: Outgoing, error: unknown): void {
    if (!(error instanceof ActRefused)) return this.#events.failed(error)
    const { code } = error
    // Whether it stands in the log will show when the log is read again.
    if (code === 'relay.stopped') return
    if (code === 'relay.no_seat') return this.#session.setBlock('ended')
    // The same client id with another ciphertext: an earlier visit's send had arrived after all. Its envelope tells where.
    if (code === 'relay.client_id_reused' && item.restored) return this.#settle(item, 0)
    this.#queue = this.#queue.filter((other) => other !== item)
    this.#events.refused(item, code)
  }
}
