/** What a survivor's client must remember of its request, and its two forms: inside a return place, and inside a place on the device. */

import { keyPackageImport } from '../e2ee'
import type { OwnKeyPackage, SigningKeys } from '../e2ee'
import { b64Encode, randomBytes, sha256 } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import type { Language, Level } from '../net/rest'
import { bytesOf, countOf, fieldsOf, flagOf, listOf, oneOf, orNull, ShapeError, textOf } from '../net/shape'

/** What the person chose to say. */
export interface Ask {
  readonly language: Language
  readonly level: Level
  readonly topics: readonly string[]
  readonly region: string
  /** May be empty; see `askTextRoom`. */
  readonly text: string
}

/** A seat that was offered with a key package, by its token. */
export interface Offer {
  readonly token: Bytes
  readonly address: Bytes
  /** Null where the browser forgot the keys. */
  readonly keys: OwnKeyPackage | null
}

export interface LineRecord {
  readonly organisation: string
  readonly root: Bytes
  /** The newest revocation list that was believed. */
  list: number
  readonly request: Bytes
  readonly token: Bytes
  readonly rejoin: SigningKeys
  rejoinCounter: number
  ask: Ask
  /** Every seat that the server may name: the newest offers, and those before until the server took the newest. */
  offers: readonly Offer[]
  /** The seat whose conversation was opened last. */
  seat: Bytes | null
  /** Id of the intake key that the note is sealed to. */
  intakeKey: Bytes | null
  /** The server has the request. */
  sent: boolean
  /** Milliseconds. */
  readonly since: number
}

/** Bytes of UTF-8, as JSON escapes them: what fits a return place beside everything else. */
export const ASK_TEXT_LIMIT = 2_000

/** How many bytes of text are left; below zero: too long. */
export function askTextRoom(text: string): number {
  return ASK_TEXT_LIMIT - (new TextEncoder().encode(JSON.stringify(text)).length - 2)
}

export async function offerFor(keys: OwnKeyPackage): Promise<Offer> {
  const token = randomBytes(32)
  return { token, address: await sha256(token), keys }
}

const VERSION = 1
const NAMES = [
  'v',
  'organisation',
  'root',
  'list',
  'request',
  'token',
  'rejoin',
  'counter',
  'ask',
  'offers',
  'seat',
  'intake',
  'sent',
  'since',
]
const LEVELS = ['now', 'soon', 'talk'] as const
const LANGUAGES = ['en', 'es'] as const

/** `keys`: with the private keys of the key packages, for a sealed place on this device only. A return place holds none. */
function recordJson(record: LineRecord, keys: boolean): unknown {
  return {
    v: VERSION,
    organisation: record.organisation,
    root: b64Encode(record.root),
    list: record.list,
    request: b64Encode(record.request),
    token: b64Encode(record.token),
    rejoin: [b64Encode(record.rejoin.publicKey), b64Encode(record.rejoin.privateKey)],
    counter: record.rejoinCounter,
    ask: record.ask,
    offers: record.offers.map((offer) => [b64Encode(offer.token), keys ? exported(offer.keys) : null]),
    seat: record.seat && b64Encode(record.seat),
    intake: record.intakeKey && b64Encode(record.intakeKey),
    sent: record.sent,
    since: record.since,
  }
}

function exported(keys: OwnKeyPackage | null): string | null {
  try {
    return keys === null ? null : b64Encode(keys.export())
  } catch {
    // It was used: the conversation has what came of it.
    return null
  }
}

function pairOf(value: unknown): [unknown, unknown] {
  if (!Array.isArray(value) || value.length !== 2) throw new ShapeError('not a pair')
  return [value[0], value[1]]
}

function askOf(value: unknown): Ask {
  const f = fieldsOf(value, ['language', 'level', 'topics', 'region', 'text'])
  return {
    language: oneOf(f['language'], LANGUAGES),
    level: oneOf(f['level'], LEVELS),
    topics: listOf(f['topics'], (topic) => textOf(topic, 40), 5),
    region: textOf(f['region'], 40),
    text: textOf(f['text'], ASK_TEXT_LIMIT),
  }
}

async function offerOf(value: unknown): Promise<Offer> {
  const [token, keys] = pairOf(value)
  const read = bytesOf(token, 32)
  const made = orNull(keys, (item) => bytesOf(item))
  return { token: read, address: await sha256(read), keys: made === null ? null : await keyPackageImport(made) }
}

async function recordOf(value: unknown): Promise<LineRecord> {
  const f = fieldsOf(value, NAMES)
  if (f['v'] !== VERSION) throw new ShapeError('an unknown version')
  const [publicKey, privateKey] = pairOf(f['rejoin'])
  return {
    organisation: textOf(f['organisation'], 40),
    root: bytesOf(f['root'], 32),
    list: countOf(f['list']),
    request: bytesOf(f['request'], 16),
    token: bytesOf(f['token'], 32),
    rejoin: { publicKey: bytesOf(publicKey, 32), privateKey: bytesOf(privateKey, 32) },
    rejoinCounter: countOf(f['counter']),
    ask: askOf(f['ask']),
    offers: await Promise.all(listOf(f['offers'], offerOf, 32)),
    seat: orNull(f['seat'], (item) => bytesOf(item, 32)),
    intakeKey: orNull(f['intake'], (item) => bytesOf(item, 16)),
    sent: flagOf(f['sent']),
    since: countOf(f['since']),
  }
}

const encoded = (json: unknown): Bytes => new TextEncoder().encode(JSON.stringify(json))

function decoded(raw: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw)) as unknown
  } catch {
    throw new ShapeError('not UTF-8 JSON')
  }
}

export const returnEncode = (record: LineRecord): Bytes => encoded(recordJson(record, false))

/** Throws `ShapeError`, `Untrusted`. */
export const returnDecode = (raw: Bytes): Promise<LineRecord> => recordOf(decoded(raw))

/** `conversation`: what its keeper wrote last; null before there is one. */
export const keptEncode = (record: LineRecord, conversation: Bytes | null): Bytes =>
  encoded({
    line: recordJson(record, true),
    conversation: conversation === null ? null : b64Encode(conversation),
  })

/** Throws `ShapeError`, `Untrusted`. */
export async function keptDecode(raw: Bytes): Promise<{ record: LineRecord; conversation: Bytes | null }> {
  const f = fieldsOf(decoded(raw), ['line', 'conversation'])
  return { record: await recordOf(f['line']), conversation: orNull(f['conversation'], (item) => bytesOf(item)) }
}
