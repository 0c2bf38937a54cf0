/** The note of a help request and the intake keys that open it (docs/protocol.md §5). */

import { b64Decode, b64Encode, concat, sameBytes, sha256, type Bytes } from '../net/bytes'
import { NOTE_BUCKETS, PaddingError, pad, unpad } from './padding'
import { Unopenable, type SealingKeys } from './types'

export { Unopenable }

/** The primitives of sealed boxes weigh as much as the app's screens, and load when somebody seals or opens one. */
const boxes = () => import('./hpke')

const MAX_BUCKET = NOTE_BUCKETS[NOTE_BUCKETS.length - 1] ?? 0

/** What a person says to the organisation while waiting, and what binds it to their key packages. */
export interface Note {
  /** The request's id, 16 bytes. */
  readonly request: Bytes
  readonly organisation: string
  /** The root key that the app believes. */
  readonly root: Bytes
  readonly packages: readonly { readonly message: Bytes; readonly seat: Bytes }[]
  /** Ed25519 public key of the rejoin keys. */
  readonly rejoin: Bytes
  readonly language: string
  readonly text: string
}

/** A note that was opened. Key packages are named by their SHA-256. */
export interface OpenedNote extends Omit<Note, 'root' | 'packages'> {
  readonly rootHash: Bytes
  readonly packages: readonly { readonly hash: Bytes; readonly seat: Bytes }[]
}

/** The text, with everything around it, is larger than the largest bucket. */
export class NoteTooLong extends Error {
  override name = 'NoteTooLong'
}

/** The note was opened, but it speaks of another request, organisation, root, key package or seat than the server does. */
export class NoteMismatch extends Error {
  override name = 'NoteMismatch'
}

/** Sealed to the intake key. Throws `NoteTooLong`. */
export async function sealNote(note: Note, intakePublicKey: Bytes): Promise<Bytes> {
  const packages = await Promise.all(
    note.packages.map(async ({ message, seat }) => ({ hash: b64Encode(await sha256(message)), seat: b64Encode(seat) })),
  )
  const json = {
    v: 1,
    request: b64Encode(note.request),
    organisation: note.organisation,
    root: b64Encode(await sha256(note.root)),
    packages,
    rejoin: b64Encode(note.rejoin),
    language: note.language,
    text: note.text,
  }
  const plaintext = padded(new TextEncoder().encode(JSON.stringify(json)))
  return (await boxes()).seal({
    publicKey: intakePublicKey,
    info: noteInfo(note.organisation, note.request),
    plaintext,
  })
}

function padded(content: Bytes): Bytes {
  try {
    return pad(content, NOTE_BUCKETS)
  } catch (error) {
    throw error instanceof PaddingError ? new NoteTooLong() : error
  }
}

/** How many bytes of text (UTF-8, as JSON escapes it) still fit beside everything else. Below zero: too long. */
export function noteRoom(note: Pick<Note, 'organisation' | 'language' | 'text' | 'packages'>): number {
  // Ids and keys have fixed sizes: 22 letters for 16 bytes, 43 for 32; a package is {"hash":"…","seat":"…"} and a comma.
  const fixed = JSON.stringify({
    v: 1,
    request: '',
    organisation: '',
    root: '',
    packages: [],
    rejoin: '',
    language: '',
    text: '',
  })
  const size = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length - 2
  const names = size(note.organisation) + size(note.language) + size(note.text)
  const packages =
    note.packages.length * (JSON.stringify({ hash: '', seat: '' }).length + 2 * 43) +
    Math.max(0, note.packages.length - 1)
  return MAX_BUCKET - 4 - (fixed.length + 22 + 43 + 43 + names + packages)
}

export interface OpenNote {
  readonly sealed: Bytes
  readonly privateKey: Bytes
  readonly organisation: string
  readonly request: Bytes
}

/** Throws `Unopenable` where the key or the context is another, `NoteMismatch` where the content is no such note. */
export async function openNote(o: OpenNote): Promise<OpenedNote> {
  const info = noteInfo(o.organisation, o.request)
  const plaintext = await (await boxes()).open({ privateKey: o.privateKey, info, sealed: o.sealed })
  const note = noteRead(plaintext)
  if (note === null || note.organisation !== o.organisation || !sameBytes(note.request, o.request))
    throw new NoteMismatch()
  return note
}

/**
 * The advocate's check before anything is sent: the key package and the seat that the server hands out are the ones that the note
 * names, as a pair, and the app believed the same root. Throws `NoteMismatch`.
 */
export async function noteCheck(note: OpenedNote, o: { root: Bytes; keyPackage: Bytes; seat: Bytes }): Promise<void> {
  const hash = await sha256(o.keyPackage)
  const named = note.packages.some((one) => sameBytes(one.hash, hash) && sameBytes(one.seat, o.seat))
  if (!named || !sameBytes(note.rootHash, await sha256(o.root))) throw new NoteMismatch()
}

const FIELDS = ['v', 'request', 'organisation', 'root', 'packages', 'rejoin', 'language', 'text'] as const

function noteRead(plaintext: Bytes): OpenedNote | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(unpad(plaintext, NOTE_BUCKETS))
    const json = exactly(JSON.parse(text), FIELDS)
    if (json['v'] !== 1 || !Array.isArray(json['packages'])) return null
    return {
      request: bytesOf(json['request'], 16),
      organisation: textOf(json['organisation']),
      rootHash: bytesOf(json['root'], 32),
      packages: json['packages'].map((one: unknown) => {
        const { hash, seat } = exactly(one, ['hash', 'seat'])
        return { hash: bytesOf(hash, 32), seat: bytesOf(seat, 32) }
      }),
      rejoin: bytesOf(json['rejoin'], 32),
      language: textOf(json['language']),
      text: textOf(json['text']),
    }
  } catch {
    return null
  }
}

function exactly(value: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object')
  const found = Object.keys(value)
  if (found.length !== names.length || !names.every((name) => found.includes(name))) throw new TypeError('other fields')
  return value as Record<string, unknown>
}

function bytesOf(value: unknown, size: number): Bytes {
  const raw = b64Decode(value, size)
  if (raw === null) throw new TypeError('not the bytes that are expected')
  return raw
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not a text')
  return value
}

function noteInfo(organisation: string, request: Bytes): Bytes {
  return concat(new TextEncoder().encode(`quietline note v1\0${organisation}\0`), request)
}

/** A fresh intake key. */
export async function intakeKeyPair(): Promise<SealingKeys> {
  return (await boxes()).sealingKeys()
}

export interface IntakeContext {
  readonly organisation: string
  readonly keyId: Bytes
  /** The device that it is sealed for. */
  readonly deviceId: Bytes
}

/** The private half of an intake key, for one certified device. */
export async function sealIntake(
  o: IntakeContext & { devicePublicKey: Bytes; intakePrivateKey: Bytes },
): Promise<Bytes> {
  return (await boxes()).seal({ publicKey: o.devicePublicKey, info: intakeInfo(o), plaintext: o.intakePrivateKey })
}

/** The private half, if it belongs to the signed `intakePublicKey`. Throws `Unopenable`. */
export async function openIntake(
  o: IntakeContext & { devicePrivateKey: Bytes; intakePublicKey: Bytes; sealed: Bytes },
): Promise<Bytes> {
  const { open, sealingPublicKeyOf } = await boxes()
  const seed = await open({ privateKey: o.devicePrivateKey, info: intakeInfo(o), sealed: o.sealed })
  if (seed.length !== 32 || !sameBytes(await sealingPublicKeyOf(seed), o.intakePublicKey)) throw new Unopenable()
  return seed
}

function intakeInfo(o: IntakeContext): Bytes {
  return concat(new TextEncoder().encode(`quietline intake v1\0${o.organisation}\0`), o.keyId, o.deviceId)
}
