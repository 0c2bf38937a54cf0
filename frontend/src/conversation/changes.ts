/**
 * Changes of the group. One CHANGE is accepted per epoch: the old state is kept until the own commit comes back in the log, in its place;
 * who loses the epoch forgets its commit, reads on, and makes another.
 */

import type { PendingCommit, SecureGroup } from '../e2ee/types'
import { sameBytes } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import type { Answer } from '../net/frames'
import { pad } from '../net/padding'
import { Serial } from './serial'
import { newId } from './session'
import type { Session } from './session'

export interface Made {
  group: SecureGroup
  pending: PendingCommit
  /** Another group than the present one, which it replaces. */
  fresh: boolean
}

interface Waiting extends Made {
  clientId: Bytes
}

export class Changes {
  readonly #session: Session
  readonly #lane = new Serial()
  #waiting: Waiting | null = null

  constructor(session: Session) {
    this.#session = session
  }

  /**
   * Makes a commit and gets it accepted, again after every lost race. `make` is asked each time under the lock and returns null where nothing
   * is left to do. Resolves when the change is in force, with the server's answer. Throws `ActRefused`.
   */
  propose(make: () => Promise<Made | null>, opens: Bytes[] = [], ends: number[] = []): Promise<Answer | null> {
    return this.#lane.run(async () => {
      const answer = await this.#session.actAtEpoch(
        () =>
          this.#session.lock.run(async () => {
            const made = await make()
            if (made === null) return null
            const waiting: Waiting = { ...made, clientId: newId() }
            this.#waiting = waiting
            const welcome = made.pending.welcome === null ? new Uint8Array() : pad(made.pending.welcome)
            const commit = pad(made.pending.commit)
            return {
              type: 'change',
              clientId: waiting.clientId,
              epoch: this.#session.epoch,
              opens,
              ends,
              commit,
              welcome,
            }
          }),
        () => this.#session.lock.run(() => this.lost()),
      )
      await this.#session.signal.until(() => this.#session.stopped || this.#waiting === null)
      return answer
    })
  }

  /** The own commit stands in the log: moves to the new epoch. null where this client knows nothing of it. */
  async accepted(clientId: Bytes): Promise<Made | null> {
    const waiting = this.#waiting
    if (waiting === null || !sameBytes(waiting.clientId, clientId)) return null
    await waiting.pending.accept()
    this.#waiting = null
    return waiting
  }

  /** Somebody else's commit won, or the server refused: forgets the own one. */
  async lost(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting === null) return
    await waiting.pending.discard()
    if (waiting.fresh) waiting.group.close()
  }

  /** Whether the own commit waits for its place in the log. */
  get pending(): boolean {
    return this.#waiting !== null
  }
}
