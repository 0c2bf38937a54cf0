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

export class Messages {
  #entries: Entry[] = []

  get shown(): readonly Message[] {
    return this.#entries.map(({ sequence: _sequence, n: _n, ...message }) => message)
  }

  get entries(): readonly Entry[] {
    return this.#entries
  }

  restore(entries: readonly Entry[]): void {
    this.#entries = [...entries]
  }

  addMine(message: Pick<Message, 'id' | 'from' | 'text' | 'timer' | 'once'>, now: number): void {
    const goneAt = now + message.timer * 1000
    this.#entries.push({
      ...message,
      mine: true,
      at: now,
      readAt: now,
      goneAt,
      state: 'sending',
      sequence: null,
      n: null,
    })
  }

  /** Adds what a member sent; unread, it stays as long as the longest timer. False where the id was used before. */
  addTheirs(
    message: Pick<Message, 'id' | 'from' | 'text' | 'timer' | 'once'> & { sequence: number; n: number },
    now: number,
  ): boolean {
    if (this.find(message.id) !== undefined) return false
    this.#entries.push({ ...message, mine: false, at: now, readAt: null, goneAt: null, state: 'seen' })
    return true
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
