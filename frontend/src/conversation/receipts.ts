/** When to tell the others what was seen, and when to stop hoping that they tell us. */

import type { Said } from './payload'
import type { Session } from './session'

/** An own message that nobody confirmed for so long (ms) is shown as such. */
export const CONFIRM_WITHIN = 120_000
/** A receipt waits so long (ms) for a message that can carry it. */
const RECEIPT_AFTER = 1_000

export class Receipts {
  readonly #session: Session
  /** When a receipt is due, or null. */
  #due: number | null = null

  constructor(session: Session) {
    this.#session = session
  }

  get due(): number | null {
    return this.#due
  }

  /** Something came. A receipt is not answered by a receipt, or two clients would never fall silent. */
  came(said: Said): void {
    if (said.type !== 'seen') this.#due ??= this.#session.time.now() + RECEIPT_AFTER
  }

  /** Something goes out and carries the receipt. */
  carried(): void {
    this.#due = null
  }

  /** Whether a receipt is to be sent now. */
  take(now: number): boolean {
    if (this.#due === null || this.#due > now) return false
    this.#due = null
    return true
  }

  /** A member told what it has seen. */
  confirmed(): void {
    const { counters, messages } = this.#session
    messages.setStateOf('seen', ({ n, sequence }) => n !== null && sequence !== null && counters.isConfirmed(n))
  }

  /** Marks what waited too long. */
  overdue(now: number): void {
    const late = this.#session.messages.setStateOf(
      'not_confirmed',
      (entry) => isUnconfirmed(entry.state) && entry.at + CONFIRM_WITHIN <= now,
    )
    for (const message of late) this.#session.notice({ kind: 'not_confirmed', message })
  }

  /** When the next own message will have waited too long, or null. */
  nextOverdue(): number | null {
    const waiting = this.#session.messages.entries.filter((entry) => entry.mine && isUnconfirmed(entry.state))
    return waiting.length === 0 ? null : Math.min(...waiting.map((entry) => entry.at + CONFIRM_WITHIN))
  }
}

const isUnconfirmed = (state: string): boolean => state === 'sending' || state === 'stored'
