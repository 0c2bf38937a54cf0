/** What members say, and what it changes here. */

import type { Member } from '../e2ee/types'
import type { Payload } from './payload'
import type { Receipts } from './receipts'
import type { Session } from './session'

export class Heard {
  readonly #session: Session
  readonly #receipts: Receipts
  readonly #closed: () => void

  /** `closed` is called when a member ended the conversation. */
  constructor(session: Session, receipts: Receipts, closed: () => void) {
    this.#session = session
    this.#receipts = receipts
    this.#closed = closed
  }

  said({ n, said }: Payload, sender: Member, sequence: number): void {
    const { messages, time, notice } = this.#session
    const by = { by: sender.mark, mine: false }
    this.#receipts.confirmed()
    this.#receipts.came(said)
    switch (said.type) {
      case 'text': {
        const { id, text, timer, once } = said
        messages.addTheirs({ id, from: sender.mark, text, timer, once, sequence, n }, time.now())
        break
      }
      case 'hello':
        if (said.timer !== undefined) this.#timer(said.timer, sender.mark)
        break
      case 'timer':
        this.#timer(said.seconds, sender.mark)
        break
      case 'burn':
        messages.erase((entry) => entry.sequence !== null && entry.sequence < sequence)
        notice({ kind: 'burned', ...by })
        break
      case 'close':
        notice({ kind: 'closed', ...by })
        this.#closed()
        break
      case 'seen':
    }
    this.#session.changed()
  }

  #timer(seconds: number, by: string): void {
    if (seconds === this.#session.timer) return
    this.#session.timer = seconds
    this.#session.notice({ kind: 'timer_changed', by, mine: false, seconds })
  }
}
