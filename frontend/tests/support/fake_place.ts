import type { Place } from '../../src/conversation/keeper'
import type { Bytes } from '../../src/net/bytes'

/** A place on a device, in memory. */
export class FakePlace implements Place {
  readonly written: Bytes[] = []
  full = false

  async write(snapshot: Bytes): Promise<void> {
    if (this.full) throw new Error('no room')
    this.written.push(snapshot.slice())
  }

  /** What a later visit finds there. */
  get content(): Bytes {
    return this.written.at(-1)!
  }
}
