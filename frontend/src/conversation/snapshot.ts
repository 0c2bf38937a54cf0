/** A conversation written down, for a sealed place on the device, and read back. */

import { b64Encode } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { bytesOf, countOf, fieldsOf, flagOf, listOf, oneOf, orNull, ShapeError, textOf } from '../net/shape'
import type { AbsencesKept } from './absences'
import type { CountersKept } from './counters'
import type { Entry } from './messages'
import type { Outgoing } from './outbox'
import { payloadDecode, payloadEncode } from './payload'
import { TEXT_LIMIT, TIMER_MAX, TIMER_MIN } from './types'
import type { UpdatesKept } from './updates'

export interface Snapshot {
  /** The group's state; null where this client was in none. */
  group: Bytes | null
  /** Whether it ever was in one. */
  joined: boolean
  cursor: number
  epoch: number
  timer: number
  /** Milliseconds: the last moment at which the log was known to be read to its end. */
  aliveAt: number
  /** The highest counter of a rejoin seen, so that an old one is not believed again. */
  rejoinCounter: number
  counters: CountersKept
  absences: AbsencesKept
  updates: UpdatesKept
  messages: readonly Entry[]
  /** Ids of messages that came, gone ones too. */
  seenIds: readonly string[]
  outgoing: readonly Outgoing[]
}

const CAUSES = ['expired', 'withheld'] as const
const STATES = ['sending', 'stored', 'seen', 'not_confirmed', 'refused'] as const

const NAMES = [
  'group',
  'joined',
  'cursor',
  'epoch',
  'timer',
  'aliveAt',
  'rejoinCounter',
  'counters',
  'absences',
  'updates',
  'messages',
  'seenIds',
  'outgoing',
] as const satisfies readonly (keyof Snapshot)[]

/** The first group of a visit that restores one. */
export const RESTORED_GENERATION = 1

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

function countersOf(value: unknown): CountersKept {
  const f = fieldsOf(value, ['sent', 'received', 'uncounted', 'confirmed'])
  return {
    sent: countOf(f['sent']),
    received: listOf(f['received'], (item) => {
      const one = fieldsOf(item, ['mark', 'n', 'sequence'])
      return { mark: textOf(one['mark']), n: countOf(one['n']), sequence: countOf(one['sequence']) }
    }),
    uncounted: listOf(f['uncounted'], (mark) => textOf(mark)),
    confirmed: listOf(f['confirmed'], (item) => {
      const one = fieldsOf(item, ['mark', 'from', 'to'])
      return { mark: textOf(one['mark']), from: countOf(one['from']), to: countOf(one['to']) }
    }),
  }
}

function absencesOf(value: unknown): AbsencesKept {
  const f = fieldsOf(value, ['ranges', 'burnedUpTo'])
  return {
    ranges: listOf(f['ranges'], (item) => {
      const one = fieldsOf(item, ['from', 'to', 'cause'])
      return { from: countOf(one['from']), to: countOf(one['to']), cause: oneOf(one['cause'], CAUSES) }
    }),
    burnedUpTo: countOf(f['burnedUpTo']),
  }
}

function updatesOf(value: unknown): UpdatesKept {
  const f = fieldsOf(value, ['messages', 'due'])
  return { messages: countOf(f['messages']), due: orNull(f['due'], (time) => countOf(time)) }
}

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
  const n = orNull(f['n'], (number) => countOf(number, 1))
  return { said, clientId: bytesOf(f['clientId'], 16), n, generation: RESTORED_GENERATION, restored: true }
}

/** Throws `ShapeError` for anything that this version did not write. */
export function snapshotDecode(raw: Bytes): Snapshot {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw))
  } catch {
    throw new ShapeError('not UTF-8 JSON')
  }
  const f = fieldsOf(json, ['v', ...NAMES])
  if (f['v'] !== 1) throw new ShapeError('an unknown version')
  return {
    group: orNull(f['group'], (state) => bytesOf(state)),
    joined: flagOf(f['joined']),
    cursor: countOf(f['cursor']),
    epoch: countOf(f['epoch']),
    timer: countOf(f['timer'], TIMER_MIN, TIMER_MAX),
    aliveAt: countOf(f['aliveAt']),
    rejoinCounter: countOf(f['rejoinCounter']),
    counters: countersOf(f['counters']),
    absences: absencesOf(f['absences']),
    updates: updatesOf(f['updates']),
    messages: listOf(f['messages'], entryOf, 10_000),
    seenIds: listOf(f['seenIds'], (id) => textOf(id), 10_000),
    outgoing: listOf(f['outgoing'], outgoingOf),
  }
}
