/** Acts on their way: kept until answered, sent again on every new connection, always under the same client id. */

import { b64Encode } from './bytes'
import type { Bytes } from './bytes'
import type { Answer, ClientFrame, Refused } from './frames'
import type { Handle, Time } from './time'

export type Act = Extract<ClientFrame, { clientId: Bytes }>

/** The server refuses this act for good; `code` is from docs/protocol.md §8, or `relay.stopped`. */
export class ActRefused extends Error {
  override name = 'ActRefused'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

interface Entry {
  act: Act
  /** On the wire of the present connection. */
  sent: boolean
  /** Its own envelope came back before its answer. */
  sequence: number | null
  again: Handle | null
  resolve(answer: Answer): void
  reject(error: ActRefused): void
}

export class Acts {
  readonly #time: Time
  readonly #put: (act: Act) => void
  readonly #entries = new Map<string, Entry>()

  constructor(time: Time, put: (act: Act) => void) {
    this.#time = time
    this.#put = put
  }

  add(act: Act): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#entries.set(b64Encode(act.clientId), { act, sent: false, sequence: null, again: null, resolve, reject })
    })
  }

  refused(code: string): Promise<never> {
    return Promise.reject(new ActRefused(code))
  }

  send(name: string): void {
    const entry = this.#entries.get(name)
    if (entry === undefined || entry.sent) return
    entry.sent = true
    this.#put(entry.act)
  }

  sendAll(): void {
    for (const name of [...this.#entries.keys()]) this.send(name)
  }

  connectionLost(): void {
    for (const entry of this.#entries.values()) {
      entry.sent = false
      this.#cancel(entry)
    }
  }

  answered(answer: Answer): void {
    this.#take(b64Encode(answer.clientId))?.resolve(answer)
  }

  /** The own envelope of an act was delivered. */
  returned(clientId: Bytes, sequence: number): void {
    const entry = this.#entries.get(b64Encode(clientId))
    if (entry !== undefined) entry.sequence ??= sequence
  }

  /** Whether the refusal was for one of these acts. One that may be tried again unchanged is, after its time. */
  refusedBy(refusal: Refused): boolean {
    const name = b64Encode(refusal.clientId)
    const entry = this.#entries.get(name)
    if (entry === undefined) return false
    if (refusal.retryAfter > 0) {
      entry.again = this.#time.after(refusal.retryAfter, () => this.send(name))
      entry.sent = false
      return true
    }
    this.#take(name)
    // What stands in the log was accepted, whatever is said now.
    if (entry.sequence !== null)
      entry.resolve({ type: 'answer', clientId: entry.act.clientId, sequence: entry.sequence, extra: 0 })
    else entry.reject(new ActRefused(refusal.code))
    return true
  }

  rejectAll(code: string): void {
    for (const name of [...this.#entries.keys()]) this.#take(name)?.reject(new ActRefused(code))
  }

  /** Whether an act is on the wire without an answer. */
  waiting(): boolean {
    return [...this.#entries.values()].some((entry) => entry.sent)
  }

  /** The lowest number of an own envelope whose act is not answered yet. */
  firstUnanswered(): number {
    return Math.min(
      Number.MAX_SAFE_INTEGER,
      ...[...this.#entries.values()].map((entry) => entry.sequence ?? Number.MAX_SAFE_INTEGER),
    )
  }

  #take(name: string): Entry | undefined {
    const entry = this.#entries.get(name)
    if (entry !== undefined) this.#cancel(entry)
    this.#entries.delete(name)
    return entry
  }

  #cancel(entry: Entry): void {
    if (entry.again !== null) this.#time.cancel(entry.again)
    entry.again = null
  }
}
