/** What comes out of the log, in its order, and what it does to the conversation. Each is processed once and whole. */

import { Unprocessable } from '../e2ee/types'
import type { Member, Processed, SecureGroup } from '../e2ee/types'
import type { Bytes } from '../net/bytes'
import { KIND } from '../net/frames'
import type { Envelope } from '../net/frames'
import { PaddingError, unpad } from '../net/padding'
import { ShapeError } from '../net/shape'
import type { Changes, Made } from './changes'
import { payloadDecode } from './payload'
import type { Payload } from './payload'
import type { Session } from './session'

export interface ReaderEvents {
  /** This client is a member now (again), of a group that it was not in before. */
  joined(): void
  /** Others are members now. `returned`: one of them had been, and has forgotten what was said. */
  came(returned: boolean): void
  said(payload: Payload, sender: Member, sequence: number): void
  /** An own envelope of kind application. */
  returned(clientId: Bytes, sequence: number): void
  rejoin(content: Bytes): void
  restart(): void
  /** A commit cannot be followed. `stranger`: because of whom it lets in. */
  lost(reason: 'stranger' | 'unreadable'): void
}

export class Reader {
  readonly #session: Session
  readonly #changes: Changes
  readonly #events: ReaderEvents
  #newestList = -1

  constructor(session: Session, changes: Changes, events: ReaderEvents) {
    this.#session = session
    this.#changes = changes
    this.#events = events
  }

  /** Applies one envelope. Runs under the lock. */
  async envelope(envelope: Envelope): Promise<void> {
    this.#session.epochServed = Math.max(this.#session.epochServed, envelope.epoch)
    switch (envelope.kind) {
      case KIND.application:
        return this.#application(envelope)
      case KIND.commit:
        return this.#commit(envelope)
      case KIND.welcome:
        return this.#welcome(envelope)
      case KIND.rejoin:
        if (envelope.mine === null) this.#events.rejoin(this.#content(envelope) ?? new Uint8Array())
        return
      default:
        if (envelope.mine === null) this.#events.restart()
    }
  }

  #content(envelope: Envelope): Bytes | null {
    try {
      return envelope.body === null ? null : unpad(envelope.body)
    } catch (error) {
      if (error instanceof PaddingError) return null
      throw error
    }
  }

  async #application(envelope: Envelope): Promise<void> {
    if (envelope.mine !== null) return this.#events.returned(envelope.mine, envelope.sequence)
    const { group } = this.#session
    // Written before this client was (again) a member: not for it.
    if (group === null) return
    const content = this.#content(envelope)
    let processed: Processed
    try {
      if (content === null) throw new Unprocessable('malformed')
      processed = await this.#believing(() => group.process(content))
    } catch (error) {
      return this.#unreadable(error)
    }
    if (processed.kind !== 'application') return this.#session.notice({ kind: 'unreadable' })
    try {
      this.#payload(payloadDecode(processed.content), processed.sender, envelope.sequence)
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error
      this.#session.notice({ kind: 'unreadable' })
    }
  }

  /** A list that grew too old while nobody was here to ask for another must not cost a message. */
  async #believing<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task()
    } catch (error) {
      const stale = error instanceof Unprocessable && error.untrusted === 'list_stale'
      if (!stale || !(await this.#session.parts.renewTrust())) throw error
      return task()
    }
  }

  #unreadable(error: unknown): void {
    if (!(error instanceof Unprocessable)) throw error
    if (error.reason === 'untrusted' && error.untrusted !== null) {
      return this.#session.notice({ kind: 'untrusted', reason: error.untrusted })
    }
    this.#session.notice({ kind: 'unreadable' })
    // A commit or a Welcome was kept from this client: without it nothing more can be read.
    if (error.reason === 'future_epoch' || error.reason === 'wrong_group') this.#events.lost('unreadable')
  }

  #payload(payload: Payload, sender: Member, sequence: number): void {
    const { counters, parts, absences } = this.#session
    const after = counters.lastOf(sender.mark)
    const missing = counters.receive(sender.mark, payload.n, sequence)
    if (missing === null) return this.#session.notice({ kind: 'unreadable' })
    if (payload.said.type === 'burn') absences.burned(sequence - 1)
    this.#missing(sender.mark, missing, after, sequence)
    for (const other of counters.confirm(sender.mark, this.#session.me, payload.seen)) {
      this.#missing(other.mark, other.missing, counters.lastOf(other.mark), sequence)
    }
    if (sender.identity.kind === 'staff' && payload.list !== undefined) this.#list(payload.list, parts.listNumber())
    this.#events.said(payload, sender, sequence)
  }

  /** Says once that a member knows a newer list. */
  #list(theirs: number, mine: number | null): void {
    if (theirs <= Math.max(mine ?? -1, this.#newestList)) return
    this.#newestList = theirs
    this.#session.notice({ kind: 'newer_list', theirs, mine })
  }

  /** `count` messages of a member did not come, between two places in the log. */
  #missing(from: string, count: number, after: number, before: number): void {
    if (count === 0) return
    const cause = this.#session.absences.causeOf(count, after, before)
    // A burn says itself what it did.
    if (cause !== 'burned') this.#session.notice({ kind: 'missing', from, count, cause })
  }

  async #commit(envelope: Envelope): Promise<void> {
    const session = this.#session
    session.epoch = Math.max(session.epoch, envelope.epoch + 1)
    if (envelope.mine !== null) await this.#ownCommit(envelope.mine)
    else await this.#foreignCommit(envelope)
    session.signal.fire()
    session.changed()
  }

  async #ownCommit(clientId: Bytes): Promise<void> {
    const session = this.#session
    const made = await this.#changes.accepted(clientId)
    // A commit of an earlier visit waits inside the kept group itself.
    const earlier = made === null ? (session.group?.pending ?? null) : null
    await earlier?.accept()
    const change = made?.pending ?? earlier
    if (change === null) {
      if (session.group !== null) this.#events.lost('unreadable')
      return
    }
    if (made?.fresh === true) this.#begun(made)
    else this.#members(change.added, change.removed)
  }

  /** The first group, or another in place of one that broke. */
  #begun({ group, pending }: Made): void {
    const first = this.#session.generation === 0
    this.#session.enter(group, true)
    if (!first) this.#session.notice({ kind: 'restarted' })
    else for (const member of pending.added) this.#session.notice({ kind: 'joined', member })
    this.#events.joined()
  }

  async #foreignCommit(envelope: Envelope): Promise<void> {
    const session = this.#session
    await this.#changes.lost()
    const group = session.group
    if (group === null || session.block === 'broken') return
    await group.pending?.discard()
    const content = this.#content(envelope)
    try {
      if (content === null) throw new Unprocessable('malformed')
      const processed = await this.#believing(() => group.process(content))
      if (processed.kind !== 'commit') throw new Unprocessable('not_allowed')
      if (processed.removedMe) return this.#removed()
      this.#members(processed.added, processed.removed)
    } catch (error) {
      if (!(error instanceof Unprocessable)) throw error
      // Its own leaf went to its next key package, in a commit that only the others can open: the Welcome follows.
      if (error.reason === 'undecryptable' && session.joinWith.length > 0) return this.#removed()
      this.#events.lost(error.reason === 'ghost' || error.reason === 'untrusted' ? 'stranger' : 'unreadable')
    }
  }

  /** Out of the group, still on the seat: a new Welcome may come, and does where this client had asked a second time to be taken in. */
  #removed(): void {
    this.#session.leave()
    if (this.#session.joinWith.length === 0) this.#session.notice({ kind: 'removed' })
  }

  #members(added: readonly Member[], removed: readonly Member[]): void {
    const { counters } = this.#session
    for (const member of removed) counters.remove(member.mark)
    for (const member of added) counters.add(member.mark, true)
    const returned = removed.some(isPseudonym) ? added.filter(isPseudonym) : []
    for (const member of returned) this.#session.notice({ kind: 'rejoined', member })
    for (const member of added) if (!returned.includes(member)) this.#session.notice({ kind: 'joined', member })
    const left = returned.length > 0 ? removed.filter((member) => !isPseudonym(member)) : removed
    for (const member of left) this.#session.notice({ kind: 'left', member })
    if (added.length > 0) this.#events.came(returned.length > 0)
  }

  async #welcome(envelope: Envelope): Promise<void> {
    const session = this.#session
    const content = this.#content(envelope)
    if (envelope.mine !== null || session.joinWith.length === 0 || content === null) return
    for (const [index, keyPackage] of session.joinWith.entries()) {
      try {
        const group = await this.#believing(() => session.parts.join(content, keyPackage, session.keeper))
        // Those before it are over; a later one may be answered still, where this client had asked twice.
        session.joinWith.splice(0, index + 1).forEach((used) => used.wipe())
        return this.#entered(group)
      } catch (error) {
        if (!(error instanceof Unprocessable)) throw error
        if (error.reason === 'ghost') return this.#events.lost('stranger')
        // Not for this key package.
      }
    }
  }

  #entered(group: SecureGroup): void {
    const session = this.#session
    session.enter(group, group.epoch === 1n)
    for (const member of group.members) {
      if (member.mark !== group.me.mark) session.notice({ kind: 'joined', member })
    }
    this.#events.joined()
    session.signal.fire()
  }
}

const isPseudonym = (member: Member): boolean => member.identity.kind === 'pseudonym'
