import type { Folder, OpenFile } from '../../src/e2ee/opfs'
import { HeldElsewhere } from '../../src/e2ee/lock'
import type { Bytes } from '../../src/net/bytes'

/** The power failed: nothing after this happened. */
export class PowerFailed extends Error {}

/** A folder in memory. Power can fail in the middle of a write; then the bytes so far are on the disk and the rest are not. */
export class MemoryFolder implements Folder {
  disk: Bytes | null = null
  /** How many more bytes reach the disk before the power fails. */
  bytesLeft = Infinity
  writes = 0
  /** What an imaging of the disk would find: the whole file after each write. */
  readonly images: Bytes[] = []
  #open = false

  async exists(): Promise<boolean> {
    return this.disk !== null
  }

  async remove(): Promise<void> {
    if (this.bytesLeft < 0) throw new PowerFailed()
    this.disk = null
  }

  async open(): Promise<OpenFile> {
    if (this.#open) throw new HeldElsewhere()
    this.#open = true
    this.disk ??= new Uint8Array()
    return {
      size: this.disk.length,
      read: async (at, size) => (this.disk ?? new Uint8Array()).slice(at, at + size),
      write: async (at, bytes) => this.#write(at, bytes),
      close: async () => {
        this.#open = false
      },
    }
  }

  /** The phone starts again. */
  restart(): void {
    this.#open = false
    this.bytesLeft = Infinity
  }

  #write(at: number, bytes: Bytes): void {
    const fits = Math.max(0, Math.min(bytes.length, this.bytesLeft))
    const before = this.disk ?? new Uint8Array()
    const after = new Uint8Array(Math.max(before.length, at + fits))
    after.set(before)
    after.set(bytes.subarray(0, fits), at)
    this.disk = after
    this.bytesLeft -= bytes.length
    if (fits < bytes.length) throw new PowerFailed()
    this.writes += 1
    this.images.push(after.slice())
  }
}
