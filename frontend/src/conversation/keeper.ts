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

/** The place did not take what was to be written: full, or not there any more. */
export class NotKept extends Error {
  override name = 'NotKept'
}

export class Keeper implements StateStore {
  #place: Place | null
  #state: Bytes | null = null
  #deferring = 0
  #failed = false
  #snapshot: ((state: Bytes | null) => Bytes) | null = null

  constructor(place: Place | null) {
    this.#place = place
  }

  /** A write failed: what happens now would be forgotten. Nothing is written until `use`. */
  get failed(): boolean {
    return this.#failed
  }

  /** Says how the rest of the conversation is written down. */
  describe(snapshot: (state: Bytes | null) => Bytes): void {
    this.#snapshot = snapshot
  }

  /** Another place from now on, or none. Throws `NotKept`. */
  async use(place: Place | null): Promise<void> {
    this.#place = place
    this.#failed = false
    await this.flush()
  }

  /** The group's new state: written at once, unless it waits for what belongs to it. Throws `NotKept`. */
  async save(state: Bytes): Promise<void> {
    this.#state = state
    if (this.#deferring === 0) await this.flush()
  }

  /** Runs `task` and then writes everything once, together. Throws `NotKept`. */
  async together<T>(task: () => Promise<T>): Promise<T> {
    this.#deferring += 1
    let done: T
    try {
      done = await task()
    } finally {
      this.#deferring -= 1
    }
    await this.flush()
    return done
  }

  /** Throws `NotKept`. */
  async flush(): Promise<void> {
    if (this.#place === null || this.#snapshot === null) return
    if (this.#failed) throw new NotKept()
    try {
      await this.#place.write(this.#snapshot(this.#state))
    } catch {
      this.#failed = true
      throw new NotKept()
    }
  }

  /** Forgets the state of a group that is over. */
  forget(): void {
    this.#state = null
  }

  restore(state: Bytes | null): void {
    this.#state = state
  }

  /** Nothing is written any more: what is forgotten from now on stays on the device. */
  close(): void {
    this.#place = null
    this.#state = null
  }
}
