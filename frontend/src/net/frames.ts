/**
 * The frames of docs/protocol.md §3, both ways. Strict: what is unknown, too short or too long is refused with the code of §8, never
 * skipped. Numbers beyond 2^53 − 1 count as malformed.
 */

import { concat, Reader, u16, u32, u64, u8 } from './bytes'
import type { Bytes } from './bytes'
import { BUCKETS, SLOT_BODY } from './padding'

export const VERSION = 1
export const KIND = { application: 1, commit: 2, welcome: 3, rejoin: 4, restart: 5 } as const
export const FRAME_LIMIT = 140_000
export const SLOTS = 4

export type ClientFrame =
  | { type: 'hello'; token: Bytes; after: number }
  | { type: 'append'; clientId: Bytes; kind: number; epoch: number; ttl: number; body: Bytes }
  | { type: 'ack'; cursor: number }
  | { type: 'change'; clientId: Bytes; epoch: number; opens: Bytes[]; ends: number[]; commit: Bytes; welcome: Bytes }
  | { type: 'slot'; clientId: Bytes; slot: number; counter: number; ttl: number; body: Bytes }
  | { type: 'burn'; clientId: Bytes; upTo: number }
  | { type: 'leave'; clientId: Bytes }

export interface Ready {
  type: 'ready'
  seat: number
  cursor: number
  head: number
  epoch: number
  time: number
}
export interface Envelope {
  type: 'envelope'
  sequence: number
  kind: number
  epoch: number
  mine: Bytes | null
  body: Bytes | null
}
export interface Answer {
  type: 'answer'
  clientId: Bytes
  sequence: number
  extra: number
}
export interface Refused {
  type: 'refusal'
  clientId: Bytes
  retryAfter: number
  code: string
}
export interface Gone {
  type: 'gone'
  from: number
  to: number
}
export interface Slot {
  type: 'slot'
  seat: number
  slot: number
  counter: number
  body: Bytes
}
export type ServerFrame = Ready | Envelope | Answer | Refused | Gone | Slot | { type: 'ended' }

/** A frame that cannot be read; `code` is the relay's own (§8). */
export class FrameError extends Error {
  override name = 'FrameError'
  readonly code:
    'relay.malformed' | 'relay.unknown_version' | 'relay.unknown_frame' | 'relay.bad_padding' | 'relay.too_large'

  constructor(code: FrameError['code']) {
    super(code)
    this.code = code
  }
}

function bodyOf(raw: Bytes, buckets: readonly number[] = BUCKETS): Bytes {
  if (!buckets.includes(raw.length)) throw new FrameError(raw.length > 65536 ? 'relay.too_large' : 'relay.bad_padding')
  return raw
}

/** `value`, where `right` holds. */
function only<T>(value: T, right: boolean): T {
  if (!right) throw new FrameError('relay.malformed')
  return value
}

const kindOf = (value: number): number => only(value, value >= KIND.application && value <= KIND.restart)
const slotOf = (value: number): number => only(value, value < SLOTS)

const slotBodyOf = (raw: Bytes): Bytes => (raw.length === 0 ? raw : bodyOf(raw, [SLOT_BODY]))

function readChange(fields: Reader): ClientFrame {
  const clientId = fields.take(16)
  const epoch = fields.u64()
  const opens = Array.from({ length: fields.u8() }, () => fields.take(32))
  const ends = Array.from({ length: fields.u8() }, () => fields.u16())
  only(null, new Set(opens.map(String)).size === opens.length && new Set(ends).size === ends.length)
  const commit = bodyOf(fields.take(fields.u32()))
  const rest = fields.rest()
  return { type: 'change', clientId, epoch, opens, ends, commit, welcome: rest.length === 0 ? rest : bodyOf(rest) }
}

const CLIENT: Record<number, (fields: Reader) => ClientFrame> = {
  0x01: (f) => ({ type: 'hello', token: f.take(32), after: f.u64() }),
  0x02: (f) => ({
    type: 'append',
    clientId: f.take(16),
    kind: kindOf(f.u8()),
    epoch: f.u64(),
    ttl: f.u32(),
    body: bodyOf(f.rest()),
  }),
  0x03: (f) => ({ type: 'ack', cursor: f.u64() }),
  0x04: readChange,
  0x05: (f) => ({
    type: 'slot',
    clientId: f.take(16),
    slot: slotOf(f.u8()),
    counter: f.u64(),
    ttl: f.u32(),
    body: slotBodyOf(f.rest()),
  }),
  0x06: (f) => ({ type: 'burn', clientId: f.take(16), upTo: f.u64() }),
  0x07: (f) => ({ type: 'leave', clientId: f.take(16) }),
}

function readEnvelope(f: Reader): Envelope {
  const [sequence, kind, flags, epoch] = [f.u64(), kindOf(f.u8()), f.u8(), f.u64()]
  only(flags, flags <= 1)
  if (flags === 1) return { type: 'envelope', sequence, kind, epoch, mine: f.take(16), body: null }
  return { type: 'envelope', sequence, kind, epoch, mine: null, body: bodyOf(f.rest()) }
}

function readRefusal(f: Reader): Refused {
  const [clientId, retryAfter, code] = [f.take(16), f.u32(), new TextDecoder().decode(f.rest())]
  if (!/^[a-z_]+(\.[a-z_]+)+$/.test(code)) throw new FrameError('relay.malformed')
  return { type: 'refusal', clientId, retryAfter, code }
}

function readGone(f: Reader): Gone {
  const [from, to] = [f.u64(), f.u64()]
  if (from < 1 || to < from) throw new FrameError('relay.malformed')
  return { type: 'gone', from, to }
}

const SERVER: Record<number, (fields: Reader) => ServerFrame> = {
  0x81: (f) => ({ type: 'ready', seat: f.u16(), cursor: f.u64(), head: f.u64(), epoch: f.u64(), time: f.u64() }),
  0x82: readEnvelope,
  0x83: (f) => ({ type: 'answer', clientId: f.take(16), sequence: f.u64(), extra: f.u16() }),
  0x84: readRefusal,
  0x85: readGone,
  0x86: (f) => ({ type: 'slot', seat: f.u16(), slot: slotOf(f.u8()), counter: f.u64(), body: slotBodyOf(f.rest()) }),
  0x87: () => ({ type: 'ended' }),
}

function decode<F>(raw: Bytes, known: Record<number, (fields: Reader) => F>): F {
  if (raw.length > FRAME_LIMIT || raw.length < 2) throw new FrameError('relay.malformed')
  if (raw[0] !== VERSION) throw new FrameError('relay.unknown_version')
  const read = known[raw[1]!]
  if (read === undefined) throw new FrameError('relay.unknown_frame')
  try {
    const fields = new Reader(raw.slice(2))
    const frame = read(fields)
    fields.end()
    return frame
  } catch (error) {
    throw error instanceof FrameError ? error : new FrameError('relay.malformed')
  }
}

/** Reads a frame as the server does. Throws `FrameError`. */
export const decodeClient = (raw: Bytes): ClientFrame => decode(raw, CLIENT)

/** Reads a frame as the client does. Throws `FrameError`. */
export const decodeServer = (raw: Bytes): ServerFrame => decode(raw, SERVER)

const head = (type: number): Bytes => concat(u8(VERSION), u8(type))

/** The bytes of a client's frame. Throws `RangeError` where a number leaves its field. */
export function encodeClient(frame: ClientFrame): Bytes {
  switch (frame.type) {
    case 'hello':
      return concat(head(0x01), frame.token, u64(frame.after))
    case 'append':
      return concat(head(0x02), frame.clientId, u8(frame.kind), u64(frame.epoch), u32(frame.ttl), frame.body)
    case 'ack':
      return concat(head(0x03), u64(frame.cursor))
    case 'change':
      return concat(
        head(0x04),
        frame.clientId,
        u64(frame.epoch),
        u8(frame.opens.length),
        ...frame.opens,
        u8(frame.ends.length),
        ...frame.ends.map(u16),
        u32(frame.commit.length),
        frame.commit,
        frame.welcome,
      )
    case 'slot':
      return concat(head(0x05), frame.clientId, u8(frame.slot), u64(frame.counter), u32(frame.ttl), frame.body)
    case 'burn':
      return concat(head(0x06), frame.clientId, u64(frame.upTo))
    case 'leave':
      return concat(head(0x07), frame.clientId)
  }
}

/** The bytes of a server's frame: for a server in memory, in tests, and for the vectors. */
export function encodeServer(frame: ServerFrame): Bytes {
  switch (frame.type) {
    case 'ready':
      return concat(head(0x81), u16(frame.seat), u64(frame.cursor), u64(frame.head), u64(frame.epoch), u64(frame.time))
    case 'envelope':
      return concat(
        head(0x82),
        u64(frame.sequence),
        u8(frame.kind),
        u8(frame.mine ? 1 : 0),
        u64(frame.epoch),
        frame.mine ?? frame.body ?? new Uint8Array(),
      )
    case 'answer':
      return concat(head(0x83), frame.clientId, u64(frame.sequence), u16(frame.extra))
    case 'refusal':
      return concat(head(0x84), frame.clientId, u32(frame.retryAfter), new TextEncoder().encode(frame.code))
    case 'gone':
      return concat(head(0x85), u64(frame.from), u64(frame.to))
    case 'slot':
      return concat(head(0x86), u16(frame.seat), u8(frame.slot), u64(frame.counter), frame.body)
    case 'ended':
      return head(0x87)
  }
}

/** A row of `u32 length ‖ frame`, as the exchange over plain HTTPS carries them. */
export const packFrames = (frames: readonly Bytes[]): Bytes =>
  concat(...frames.flatMap((frame) => [u32(frame.length), frame]))

/** The frames of such a row. Throws `FrameError` where it does not end with a frame. */
export function unpackFrames(raw: Bytes): Bytes[] {
  const frames: Bytes[] = []
  const reader = new Reader(raw)
  try {
    while (reader.left > 0) frames.push(reader.take(reader.u32()))
  } catch {
    throw new FrameError('relay.malformed')
  }
  return frames
}
