/** The messages on this screen, and when each disappears. Times in milliseconds, timers in seconds. */

import { TIMER_MAX } from './types'
import type { Message, MessageState } from './types'

/** A message with what only the engine needs. */
export interface Entry extends Message {
  /** Its number in the log; null until the server kept it. */
  sequence: number | null
  /** The sender's own count; null until it was encrypted. */
  n: number | null
}

type Said = Pick<Message, 'id' | 'from' | 'text' | 'timer' | 'once'>

/**
 * Ids that are remembered after their message is gone, own ones too: a message that is sent again does not come back, and nobody brings a message under an
 * id that is already on the screen. Screens rely on it: each id stands there once.
 */
const SEEN_IDS = 2_000

export class Messages {
  #entries: Entry[] = []
  #seenIds: string[] = []

  get shown(): readonly Message[] {
    return this.#entries.map(({ sequence: _sequence, n: _n, ...message }) => message)
  }

  get entries(): readonly Entry[] {
    return this.#entries
  }

  get seenIds(): readonly string[] {
    return this.#seenIds
  }

  restore(entries: readonly Entry[], seenIds: readonly string[]): void {
    this.#entries = [...entries]
    this.#seenIds = [...new Set([...seenIds, ...entries.map(({ id }) => id)])]
  }

  addMine(message: Said, now: number): void {
    this.#remember(message.id)
    const goneAt = now + message.timer * 1000
    const fresh = { mine: true, at: now, readAt: now, goneAt, state: 'sending', sequence: null, n: null } as const
    this.#entries.push({ ...message, ...fresh })
  }

  /** Adds what a member sent, once for each id; unread, it stays as long as the longest timer. */
  addTheirs(message: Said & { sequence: number; n: number }, now: number): void {
    if (this.#seenIds.includes(message.id)) return
    this.#remember(message.id)
    this.#entries.push({ ...message, mine: false, at: now, readAt: null, goneAt: null, state: 'seen' })
  }

  #remember(id: string): void {
    this.#seenIds = [...this.#seenIds, id].slice(-SEEN_IDS)
  }

  find(id: string): Entry | undefined {
    return this.#entries.find((entry) => entry.id === id)
  }

  change(id: string, change: Partial<Entry>): void {
    this.#entries = this.#entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry))
  }

  setStateOf(state: MessageState, which: (entry: Entry) => boolean): string[] {
    const ids = this.#entries
      .filter((entry) => entry.mine && entry.state !== state && which(entry))
      .map((entry) => entry.id)
    for (const id of ids) this.change(id, { state })
    return ids
  }

  /** Own messages that the server kept and nobody confirmed are to be sent again; what was counted of them is over. */
  takeUnconfirmed(): readonly Entry[] {
    const unconfirmed = (entry: Entry): boolean =>
      entry.mine && entry.sequence !== null && (entry.state === 'stored' || entry.state === 'not_confirmed')
    const taken = this.#entries.filter(unconfirmed)
    for (const { id } of taken) this.change(id, { state: 'sending', sequence: null, n: null })
    return taken
  }

  markRead(id: string, now: number): void {
    const entry = this.find(id)
    if (entry === undefined || entry.readAt !== null) return
    this.change(id, { readAt: now, goneAt: now + entry.timer * 1000 })
  }

  erase(which: (entry: Entry) => boolean): boolean {
    const before = this.#entries.length
    this.#entries = this.#entries.filter((entry) => !which(entry))
    return this.#entries.length !== before
  }

  /** Erases what is over at `now`. */
  eraseGone(now: number): boolean {
    return this.erase((entry) => endOf(entry) <= now)
  }

  /** When the next message disappears, or null. */
  nextEnd(): number | null {
    return this.#entries.length === 0 ? null : Math.min(...this.#entries.map(endOf))
  }
}

const endOf = (entry: Entry): number => entry.goneAt ?? entry.at + TIMER_MAX * 1000
