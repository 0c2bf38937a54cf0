/** The sealed place of a survivor's client: its record and the conversation's own snapshot are written together. */

import type { Bytes } from '../net/bytes'
import type { Place } from './keeper'
import { keptEncode } from './line_record'
import type { LineRecord } from './line_record'
import { Serial } from './serial'

export class LinePlace implements Place {
  readonly #record: LineRecord
  readonly #lane = new Serial()
  #place: Place | null
  #conversation: Bytes | null

  constructor(record: LineRecord, place: Place | null, conversation: Bytes | null) {
    this.#record = record
    this.#place = place
    this.#conversation = conversation
  }

  get used(): boolean {
    return this.#place !== null
  }

  use(place: Place | null): void {
    this.#place = place
  }

  /** The conversation's own door: what it must remember changed. */
  write(conversation: Bytes): Promise<void> {
    this.#conversation = conversation
    return this.save()
  }

  /** The record changed. */
  save(): Promise<void> {
    return this.#lane.run(async () => this.#place?.write(keptEncode(this.#record, this.#conversation)))
  }

  /** The conversation is over; the next begins with nothing. */
  forget(): void {
    this.#conversation = null
  }

  /** Writes nothing any more; what lies there stays. */
  close(): void {
    this.#place = null
    this.#conversation = null
  }
}
