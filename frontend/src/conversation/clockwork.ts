/** What a conversation does by the clock: messages disappear, receipts go out, keys are renewed, silence is said. */

import type { Receipts } from './receipts'
import type { Session } from './session'
import { Ticker } from './ticker'
import type { Updates } from './updates'

export interface ClockworkEvents {
  /** A receipt is due. */
  seen(): void
  /** What is kept changed. */
  changed(): void
  failed(error: unknown): void
}

export class Clockwork {
  readonly #session: Session
  readonly #receipts: Receipts
  readonly #updates: Updates
  readonly #events: ClockworkEvents
  readonly #ticker: Ticker

  constructor(session: Session, receipts: Receipts, updates: Updates, events: ClockworkEvents) {
    this.#session = session
    this.#receipts = receipts
    this.#updates = updates
    this.#events = events
    this.#ticker = new Ticker(
      session.time,
      () => [session.messages.nextEnd(), receipts.due, receipts.nextOverdue(), updates.due],
      () => this.tick(),
    )
  }

  /** Does what is due. */
  tick(): void {
    const now = this.#session.time.now()
    const erased = this.#session.messages.eraseGone(now)
    this.#receipts.overdue(now)
    if (this.#receipts.take(now)) this.#events.seen()
    void this.#update(now)
    if (erased) this.#events.changed()
    else this.#session.changed()
  }

  /** To be called whenever something may have become due at another time. */
  plan(): void {
    this.#ticker.plan()
  }

  stop(): void {
    this.#ticker.stop()
  }

  async #update(now: number): Promise<void> {
    try {
      if (await this.#updates.run(now)) this.#events.changed()
    } catch (error) {
      this.#events.failed(error)
    }
  }
}
