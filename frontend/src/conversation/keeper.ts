/**
 * Keeps a conversation between visits: the group's state, the messages, the counts and the cursor are written together, so that none is
 * ever newer than another. Before anything is sent the state that can send it is on disk; what was received is written before it is
 * acknowledged. A visit in memory only has no place to write to, and nothing happens here.
 */

import type { StateStore } from '../e2ee/types'
import type { Bytes } from '../net/bytes'

/** A sealed place on the device. `write` resolves when the bytes are safe. */
export interface Place {
  write(snapshot: Bytes): Promise<void>
}

export class Keeper implements StateStore {
  readonly #place: Place | null
  #state: Bytes | null = null
  #deferring = 0
  #snapshot: ((state: Bytes | null) => Bytes) | null = null

  constructor(place: Place | null) {
    this.#place = place
  }

  /** Says how the rest of the conversation is written down. */
  describe(snapshot: (state: Bytes | null) => Bytes): void {
    this.#snapshot = snapshot
  }

  /** The group's new state: written at once, unless it waits for what belongs to it. */
  async save(state: Bytes): Promise<void> {
    this.#state = state
    if (this.#deferring === 0) await this.flush()
  }

  /** Runs `task` and then writes everything once, together. */
  async together<T>(task: () => Promise<T>): Promise<T> {
    this.#deferring += 1
    try {
      return await task()
    } finally {
      this.#deferring -= 1
      await this.flush()
    }
  }

  async flush(): Promise<void> {
    if (this.#place !== null && this.#snapshot !== null) await this.#place.write(this.#snapshot(this.#state))
  }

  /** Forgets the state of a group that is over. */
  forget(): void {
    this.#state = null
  }

  restore(state: Bytes | null): void {
    this.#state = state
  }
}
