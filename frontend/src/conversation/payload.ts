/** What members say to each other inside the encryption (docs/protocol.md §6): UTF-8 JSON, read strictly. */

import type { Bytes } from '../net/bytes'
import { bytesOf, countOf, fieldsOf, flagOf, listOf, ShapeError, textOf } from '../net/shape'
import type { Fields } from '../net/shape'
import { TEXT_LIMIT, TIMER_MAX, TIMER_MIN } from './types'

export const PAYLOAD_VERSION = 1
const MEMBERS_LIMIT = 20
const MARK_BYTES = 16

export type Said =
  | { type: 'hello'; seat: number; timer?: number }
  | { type: 'text'; id: string; text: string; timer: number; once: boolean }
  | { type: 'seen' }
  | { type: 'timer'; seconds: number }
  | { type: 'burn' }
  | { type: 'close' }

export interface Payload {
  /** The sender's own count, from 1. */
  n: number
  /** Mark of another member → the highest number processed from it. */
  seen: ReadonlyMap<string, number>
  /** Staff only: the newest revocation list that the sender knows. */
  list?: number
  said: Said
}

const seconds = (value: unknown): number => countOf(value, TIMER_MIN, TIMER_MAX)
const name16 = (value: unknown): string => {
  bytesOf(value, MARK_BYTES)
  return value as string
}

const TYPES: Record<Said['type'], { required: string[]; optional?: string[]; read(fields: Fields): Said }> = {
  hello: {
    required: ['seat'],
    optional: ['timer'],
    read: (f) => ({
      type: 'hello',
      seat: countOf(f['seat'], 0, 0xffff),
      ...(f['timer'] === undefined ? {} : { timer: seconds(f['timer']) }),
    }),
  },
  text: {
    required: ['id', 'text', 'timer', 'once'],
    read: (f) => ({
      type: 'text',
      id: name16(f['id']),
      text: textOf(f['text'], TEXT_LIMIT),
      timer: seconds(f['timer']),
      once: flagOf(f['once']),
    }),
  },
  seen: { required: [], read: () => ({ type: 'seen' }) },
  timer: { required: ['seconds'], read: (f) => ({ type: 'timer', seconds: seconds(f['seconds']) }) },
  burn: { required: [], read: () => ({ type: 'burn' }) },
  close: { required: [], read: () => ({ type: 'close' }) },
}

function isType(value: unknown): value is Said['type'] {
  return typeof value === 'string' && Object.hasOwn(TYPES, value)
}

function seenOf(value: unknown): Map<string, number> {
  const pairs = listOf(
    value,
    (item) => {
      if (!Array.isArray(item) || item.length !== 2) throw new ShapeError('not a pair')
      return [name16(item[0]), countOf(item[1])] as const
    },
    MEMBERS_LIMIT,
  )
  const seen = new Map(pairs)
  if (seen.size !== pairs.length) throw new ShapeError('a member twice')
  return seen
}

export function payloadEncode(payload: Payload): Bytes {
  const { n, seen, list, said } = payload
  const whole = { v: PAYLOAD_VERSION, n, seen: [...seen], ...(list === undefined ? {} : { list }), ...said }
  return new TextEncoder().encode(JSON.stringify(whole))
}

/** Throws `ShapeError` for anything that the protocol page does not describe: unknown fields, types and versions included. */
export function payloadDecode(raw: Bytes): Payload {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw))
  } catch {
    throw new ShapeError('not UTF-8 JSON')
  }
  const type: unknown = typeof json === 'object' && json !== null && 'type' in json ? json.type : null
  if (!isType(type)) throw new ShapeError('an unknown type')
  const shape = TYPES[type]
  const f = fieldsOf(json, ['v', 'n', 'seen', 'type', ...shape.required], ['list', ...(shape.optional ?? [])])
  if (f['v'] !== PAYLOAD_VERSION) throw new ShapeError('an unknown version')
  const payload: Payload = { n: countOf(f['n'], 1), seen: seenOf(f['seen']), said: shape.read(f) }
  if (f['list'] !== undefined) payload.list = countOf(f['list'])
  return payload
}
