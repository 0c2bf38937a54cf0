/** Fresh keys for the own leaf, every 24 hours or 100 own messages, so that what was stolen once does not open what comes later. */

import { ActRefused } from '../net/acts'
import type { Changes } from './changes'
import type { Session } from './session'

export const UPDATE_EVERY = 86_400_000
export const UPDATE_MESSAGES = 100
/** After a refusal, try again so much later (ms). */
const PATIENCE = 3_600_000

export interface UpdatesKept {
  messages: number
  /** Milliseconds; null where there was no group yet. */
  due: number | null
}

export class Updates {
  readonly #session: Session
  readonly #changes: Changes
  #messages = 0
  #due = Number.POSITIVE_INFINITY
  #running = false

  constructor(session: Session, changes: Changes) {
    this.#session = session
    this.#changes = changes
  }

  /** New keys were just made. */
  fresh(): void {
    this.#messages = 0
    this.#due = this.#session.time.now() + UPDATE_EVERY
  }

  toKept(): UpdatesKept {
    return { messages: this.#messages, due: Number.isFinite(this.#due) ? this.#due : null }
  }

  restore(kept: UpdatesKept): void {
    this.#messages = kept.messages
    this.#due = kept.due ?? Number.POSITIVE_INFINITY
  }

  sent(): void {
    this.#messages += 1
    if (this.#messages >= UPDATE_MESSAGES) this.#due = this.#session.time.now()
  }

  /** When the next update is due (ms); null while there is no group to update, or one is on its way. */
  get due(): number | null {
    return this.#running || !this.#session.canSend ? null : this.#due
  }

  /** Makes fresh keys where they are due; whether it did. */
  async run(now: number): Promise<boolean> {
    if (this.due === null || this.due > now) return false
    this.#running = true
    try {
      const answer = await this.#changes.propose(async () => {
        const { group } = this.#session
        return group === null || !this.#session.canSend ? null : { group, pending: await group.update(), fresh: false }
      })
      if (answer !== null) this.fresh()
      return answer !== null
    } catch (error) {
      if (!(error instanceof ActRefused)) throw error
      this.#due = now + PATIENCE
      return false
    } finally {
      this.#running = false
    }
  }
}
