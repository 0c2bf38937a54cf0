/** Bytes, and the few things that every format of docs/protocol.md does with them. */

export type Bytes = Uint8Array<ArrayBuffer>

/** One array with the parts one after the other. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Whether both hold the same bytes. Not in constant time: for names, never for secrets. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** base64url without padding. */
export function b64Encode(raw: Uint8Array): string {
  let text = ''
  for (const byte of raw) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The bytes of canonical base64url without padding, or null for anything else, or for another size than `size`. */
export function b64Decode(text: unknown, size?: number): Bytes | null {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null
  const raw = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  )
  if (b64Encode(raw) !== text || (size !== undefined && raw.length !== size)) return null
  return raw
}

/** `size` bytes from the system's random source. */
export function randomBytes(size: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(size))
}

export async function sha256(raw: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', raw))
}

/** Reads big-endian fields off the front of `bytes`; throws `RangeError` where they end too early. */
export class Reader {
  readonly #bytes: Bytes
  readonly #view: DataView
  #at = 0

  constructor(bytes: Bytes) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2))
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4))
  }

  /** A u64 as a number. Throws above 2^53 − 1: no honest count, time or sequence of this protocol reaches it. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#step(8))
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('a number beyond 2^53')
    return Number(value)
  }

  take(size: number): Bytes {
    const from = this.#step(size)
    return this.#bytes.slice(from, from + size)
  }

  rest(): Bytes {
    return this.take(this.left)
  }

  /** Throws where something is left over. */
  end(): void {
    if (this.left !== 0) throw new RangeError('bytes after the end')
  }

  #step(size: number): number {
    if (size > this.left) throw new RangeError('the bytes end too early')
    const from = this.#at
    this.#at += size
    return from
  }
}

function fixed(size: number, write: (view: DataView) => void): Bytes {
  const bytes = new Uint8Array(size)
  write(new DataView(bytes.buffer))
  return bytes
}

function inRange(value: number, limit: number): number {
  if (!Number.isInteger(value) || value < 0 || value > limit) throw new RangeError('a number out of its field')
  return value
}

export const u8 = (value: number): Bytes => Uint8Array.of(inRange(value, 0xff))
export const u16 = (value: number): Bytes => fixed(2, (view) => view.setUint16(0, inRange(value, 0xffff)))
export const u32 = (value: number): Bytes => fixed(4, (view) => view.setUint32(0, inRange(value, 0xffffffff)))
export const u64 = (value: number): Bytes =>
  fixed(8, (view) => view.setBigUint64(0, BigInt(inRange(value, Number.MAX_SAFE_INTEGER))))
