/**
 * Return words (docs/protocol.md §7): six words that find and open a sealed place at the server, for somebody whose browser forgot.
 * The lists load only when they are asked for.
 */

import { concat, randomBytes, sha256, type Bytes } from '../net/bytes'
import { pad, unpad } from '../net/padding'
import { FULL_COST, stretch as stretchInWorker, type Stretch } from './argon2'
import { bare, wordsOf } from './phrase'
import { HURTFUL, wordList, type WordLanguage } from './wordlists'

export type { WordLanguage }

export const RETURN_WORDS = 6
/** A sealed place, in bytes. */
export const PLACE_BYTES = 4096
const NONCE_BYTES = 12
const TAG_BYTES = 16
const PLACE_CONTENT = PLACE_BYTES - NONCE_BYTES - TAG_BYTES
const LANGUAGES: readonly WordLanguage[] = ['en', 'es']

/** What the words give: where the place is, the right to open it, and the key to what lies there. */
export interface ReturnKeys {
  readonly id: Bytes
  readonly token: Bytes
  readonly key: Bytes
}

/** The place holds nothing that this key sealed. */
export class PlaceUnopenable extends Error {
  override name = 'PlaceUnopenable'
}

/** Fresh words, in their canonical form. Words that could hurt whoever reads them are never drawn. */
export async function wordsMake(language: WordLanguage, count = RETURN_WORDS): Promise<string[]> {
  const kind = (await wordList(language)).filter((word) => !HURTFUL[language].has(bare(word)))
  return Array.from({ length: count }, () => kind[below(kind.length)] ?? '')
}

/** A number below `limit`, each as likely as the other. */
function below(limit: number): number {
  const even = 0x10000 - (0x10000 % limit)
  for (;;) {
    const [high = 0, low = 0] = randomBytes(2)
    const drawn = high * 256 + low
    if (drawn < even) return drawn % limit
  }
}

/**
 * Each typed word as its list has it, or null where no list knows it. Case, accents and spacing do not matter, and four letters are
 * enough: they name one word. The person's own language is tried first, then the others.
 */
export async function wordsRead(text: string, language: WordLanguage): Promise<(string | null)[]> {
  const typed = wordsOf(text)
  const order = [language, ...LANGUAGES.filter((other) => other !== language)]
  const readings: (string | null)[][] = []
  for (const one of order) {
    const reading = await readIn(typed, one)
    if (!reading.includes(null)) return reading
    readings.push(reading)
  }
  const known = (reading: (string | null)[]): number => reading.filter((word) => word !== null).length
  return readings.reduce((best, reading) => (known(reading) > known(best) ? reading : best))
}

async function readIn(typed: readonly string[], language: WordLanguage): Promise<(string | null)[]> {
  const list = await wordList(language)
  const whole = new Map(list.map((word) => [bare(word), word]))
  const short = new Map(list.map((word) => [bare(word).slice(0, 4), word]))
  return typed.map((word) => {
    const letters = bare(word)
    const started = letters.length >= 4 ? short.get(letters.slice(0, 4)) : undefined
    return whole.get(letters) ?? (started !== undefined && bare(started).startsWith(letters) ? started : null)
  })
}

/** `words` in canonical form; `host` as the page's address has it, with the port where there is one. Throws `StretchFailed`. */
export async function returnKeys(
  words: readonly string[],
  host: string,
  stretch: Stretch = stretchInWorker,
): Promise<ReturnKeys> {
  const secret = new TextEncoder().encode(words.join(' '))
  const salt = (await sha256(new TextEncoder().encode(`quietline return words v1\0${host}`))).slice(0, 16)
  const bytes = await stretch({ secret, salt, ...FULL_COST, size: 80 }).finally(() => secret.fill(0))
  const keys = { id: bytes.slice(0, 16), token: bytes.slice(16, 48), key: bytes.slice(48) }
  bytes.fill(0)
  return keys
}

/** `nonce 12 ‖ AES-256-GCM`, 4096 bytes whatever the content. Throws `PaddingError` where it does not fit. */
export async function placeSeal(key: Bytes, content: Bytes): Promise<Bytes> {
  const iv = randomBytes(NONCE_BYTES)
  const padded = pad(content, [PLACE_CONTENT])
  return concat(iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await aes(key), padded)))
}

/** Throws `PlaceUnopenable`. */
export async function placeOpen(key: Bytes, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.slice(0, NONCE_BYTES)
  try {
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await aes(key), sealed.slice(NONCE_BYTES))
    return unpad(new Uint8Array(opened), [PLACE_CONTENT])
  } catch {
    throw new PlaceUnopenable()
  }
}

function aes(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
