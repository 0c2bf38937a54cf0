/** Coming back: asking to be taken in again with new keys, and taking somebody else back in (docs/protocol.md §6). */

import { Untrusted } from '../e2ee/types'
import { ActRefused } from '../net/acts'
import { sameBytes } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { KIND } from '../net/frames'
import { pad } from '../net/padding'
import { KEPT_FOR_MOST } from './absences'
import type { Changes, Made } from './changes'
import { newId } from './session'
import type { RejoinAsked, Session } from './session'

/** Automatic attempts are this far apart (ms), so that two clients and a bad server cannot chase each other. */
const APART = 60_000
/** Key packages of this many attempts are kept: the Welcome may still answer an earlier one. */
const ATTEMPTS = 2

export class Rejoin {
  readonly #session: Session
  readonly #changes: Changes
  /** The highest counter seen of others, or used. */
  counter = 0
  #lastAttempt = Number.NEGATIVE_INFINITY

  constructor(session: Session, changes: Changes) {
    this.#session = session
    this.#changes = changes
  }

  /** Asks without being told to, where the last attempt is long enough ago. */
  async automatic(): Promise<void> {
    if (this.#session.time.now() - this.#lastAttempt >= APART) await this.ask()
  }

  /** Leaves the present group and asks for another Welcome; staff, who can make a group, ask the others to ask. */
  async ask(): Promise<void> {
    this.#lastAttempt = this.#session.time.now()
    const { rejoin } = this.#session.parts
    if (rejoin === null) return this.#say(KIND.restart, new Uint8Array())
    const keyPackage = await rejoin.keyPackage()
    this.counter = Math.max(this.counter + 1, this.#session.time.now())
    const content = await rejoin.content(keyPackage.message, this.counter)
    // A later visit must know that this group is over before anybody can answer.
    await this.#session.lock.run(async () => {
      this.#leaveGroup()
      await this.#session.keeper.flush()
    })
    for (const old of this.#session.joinWith.splice(0, this.#session.joinWith.length - ATTEMPTS + 1)) old.wipe()
    this.#session.joinWith.push(keyPackage)
    await this.#say(KIND.rejoin, content)
  }

  /** Somebody asked: verifies, and takes its new leaf in for its old one, or into a new group where the present one is broken. */
  async admit(content: Bytes): Promise<void> {
    const { admitRejoin } = this.#session.parts
    if (admitRejoin === null) return
    const asked = await admitRejoin(content, this.counter).catch((error: unknown) => {
      if (error instanceof Untrusted) return null
      throw error
    })
    if (asked === null) return this.#session.notice({ kind: 'unreadable' })
    this.counter = asked.counter
    await this.#changes.propose(async () => (this.#isDone(asked) ? null : this.#takeIn(asked.keyPackage)))
  }

  /** It asked again since, or a colleague was faster. */
  #isDone({ counter, signatureKey }: RejoinAsked): boolean {
    const members = this.#session.group?.members ?? []
    return counter !== this.counter || members.some((member) => sameBytes(member.signatureKey, signatureKey))
  }

  async #takeIn(keyPackage: Bytes): Promise<Made | null> {
    const { group, block, parts, keeper } = this.#session
    if (group === null || block === 'broken') {
      if (parts.create === null) return null
      const fresh = await parts.create(keeper)
      return { group: fresh, pending: await fresh.add([keyPackage]), fresh: true }
    }
    const old = group.members.filter((member) => member.identity.kind === 'pseudonym').map((member) => member.mark)
    return { group, pending: await group.add([keyPackage], old), fresh: false }
  }

  #leaveGroup(): void {
    this.#session.leave()
    if (this.#session.block === 'broken') this.#session.setBlock(null)
    this.#session.changed()
  }

  async #say(kind: number, content: Bytes): Promise<void> {
    try {
      await this.#session.actAtEpoch(() =>
        Promise.resolve({
          type: 'append',
          clientId: newId(),
          kind,
          epoch: this.#session.epoch,
          ttl: KEPT_FOR_MOST,
          body: pad(content),
        }),
      )
    } catch (error) {
      if (!(error instanceof ActRefused)) throw error
      if (this.#session.group === null) this.#session.setBlock('broken')
    }
  }
}
