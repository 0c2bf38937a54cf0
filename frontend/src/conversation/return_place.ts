/** The place that return words open, kept equal to what must be remembered for as long as there is something to return to. */

import { sha256 } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { ApiError } from '../net/http'
import type { Rest } from '../net/rest'
import { Serial } from './serial'

/** What return words open, around the functions of e2ee/words.ts (which load only when somebody asks for words). */
export interface ReturnKeys {
  readonly id: Bytes
  readonly token: Bytes
  /** A sealed place of 4096 bytes. */
  seal(content: Bytes): Promise<Bytes>
  open(sealed: Bytes): Promise<Bytes>
}

export type PlaceCalls = Pick<Rest, 'returnPlaceSave' | 'returnPlaceOpen' | 'returnPlaceErase'>

/** Seconds that the server keeps a place at most. */
const EXPIRES_IN = 604_800
const RENEW_EVERY = 86_400_000

export async function returnPlaceRead(rest: PlaceCalls, keys: ReturnKeys): Promise<Bytes> {
  return keys.open(await rest.returnPlaceOpen(keys.id, keys.token))
}

export class ReturnPlace {
  readonly #rest: PlaceCalls
  readonly #keys: ReturnKeys
  readonly #content: () => Bytes
  /** Milliseconds. */
  readonly #now: () => number
  readonly #lane = new Serial()
  #over = false
  #behind = true
  #savedAt = 0

  constructor(rest: PlaceCalls, keys: ReturnKeys, content: () => Bytes, now: () => number) {
    this.#rest = rest
    this.#keys = keys
    this.#content = content
    this.#now = now
  }

  /** Whether it is time to save again: the last attempt failed, or the server would forget it in some days. */
  get due(): boolean {
    return this.#behind || this.#now() - this.#savedAt >= RENEW_EVERY
  }

  /** Throws `ApiError`. */
  save(): Promise<void> {
    return this.#lane.run(async () => {
      if (this.#over) return
      this.#behind = true
      const [sealed, verifier] = [await this.#keys.seal(this.#content()), await sha256(this.#keys.token)]
      await this.#rest.returnPlaceSave(this.#keys.id, this.#keys.token, { verifier, sealed, expiresIn: EXPIRES_IN })
      this.#behind = false
      this.#savedAt = this.#now()
    })
  }

  /** Erases it; one that is not there is as good. Throws `ApiError`. */
  erase(): Promise<void> {
    this.#over = true
    return this.#lane.run(async () => {
      await this.#rest.returnPlaceErase(this.#keys.id, this.#keys.token).catch((error: unknown) => {
        if (!(error instanceof ApiError) || error.code !== 'request.not_found') throw error
      })
    })
  }

  /** Saves nothing any more; what lies there stays. */
  close(): void {
    this.#over = true
  }
}
