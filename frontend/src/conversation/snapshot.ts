/** A conversation written down, for a sealed place on the device, and read back. */

import { b64Encode } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { bytesOf, countOf, fieldsOf, flagOf, listOf, oneOf, orNull, ShapeError, textOf } from '../net/shape'
import type { CountersKept } from './counters'
import type { Entry } from './messages'
import type { Outgoing } from './outbox'
import { payloadDecode, payloadEncode } from './payload'
import { TEXT_LIMIT } from './types'

export interface Snapshot {
  /** The group's state; null where this client was in none. */
  group: Bytes | null
  cursor: number
  epoch: number
  timer: number
  /** Milliseconds: the last moment at which the log was known to be read to its end. */
  aliveAt: number
  /** The highest counter of a rejoin seen, so that an old one is not believed again. */
  rejoinCounter: number
  counters: CountersKept
  messages: readonly Entry[]
  outgoing: readonly Outgoing[]
}

const STATES = ['sending', 'stored', 'seen', 'not_confirmed', 'refused'] as const

export function snapshotEncode(snapshot: Snapshot): Bytes {
  const { group, outgoing, ...others } = snapshot
  const items = outgoing.map(({ said, clientId, n }) => ({
    said: b64Encode(payloadEncode({ n: n ?? 1, seen: new Map(), said })),
    clientId: b64Encode(clientId),
    n,
  }))
  const whole = { v: 1, group: group === null ? null : b64Encode(group), outgoing: items, ...others }
  return new TextEncoder().encode(JSON.stringify(whole))
}

const countsOf = (value: unknown): [string, number][] =>
  listOf(value, (item) => {
    if (!Array.isArray(item) || item.length !== 2) throw new ShapeError('not a pair')
    return [textOf(item[0]), countOf(item[1])]
  })

function entryOf(value: unknown): Entry {
  const names = ['id', 'mine', 'from', 'text', 'at', 'readAt', 'timer', 'once', 'goneAt', 'state', 'sequence', 'n']
  const f = fieldsOf(value, names, ['refusal'])
  return {
    id: textOf(f['id']),
    mine: flagOf(f['mine']),
    from: textOf(f['from']),
    text: textOf(f['text'], TEXT_LIMIT),
    at: countOf(f['at']),
    readAt: orNull(f['readAt'], (time) => countOf(time)),
    timer: countOf(f['timer']),
    once: flagOf(f['once']),
    goneAt: orNull(f['goneAt'], (time) => countOf(time)),
    state: oneOf(f['state'], STATES),
    sequence: orNull(f['sequence'], (number) => countOf(number)),
    n: orNull(f['n'], (number) => countOf(number)),
    ...(f['refusal'] === undefined ? {} : { refusal: textOf(f['refusal']) }),
  }
}

function outgoingOf(value: unknown): Outgoing {
  const f = fieldsOf(value, ['said', 'clientId', 'n'])
  const { said } = payloadDecode(bytesOf(f['said']))
  return { said, clientId: bytesOf(f['clientId'], 16), n: orNull(f['n'], (n) => countOf(n, 1)), restored: true }
}

/** Throws `ShapeError` for anything that this version did not write. */
export function snapshotDecode(raw: Bytes): Snapshot {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw))
  } catch {
    throw new ShapeError('not UTF-8 JSON')
  }
  const names = [
    'v',
    'group',
    'cursor',
    'epoch',
    'timer',
    'aliveAt',
    'rejoinCounter',
    'counters',
    'messages',
    'outgoing',
  ]
  const f = fieldsOf(json, names)
  if (f['v'] !== 1) throw new ShapeError('an unknown version')
  const counters = fieldsOf(f['counters'], ['sent', 'received', 'seenByOthers'])
  return {
    group: orNull(f['group'], (state) => bytesOf(state)),
    cursor: countOf(f['cursor']),
    epoch: countOf(f['epoch']),
    timer: countOf(f['timer']),
    aliveAt: countOf(f['aliveAt']),
    rejoinCounter: countOf(f['rejoinCounter']),
    counters: {
      sent: countOf(counters['sent']),
      received: countsOf(counters['received']),
      seenByOthers: countsOf(counters['seenByOthers']),
    },
    messages: listOf(f['messages'], entryOf, 10_000),
    outgoing: listOf(f['outgoing'], outgoingOf),
  }
}
