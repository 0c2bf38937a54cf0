import { beforeAll, describe, expect, it } from 'vitest'
import { seal, sealingKeys } from '../../src/e2ee/hpke'
import {
  NoteMismatch,
  NoteTooLong,
  Unopenable,
  noteCheck,
  noteRoom,
  openNote,
  sealNote,
  type Note,
} from '../../src/e2ee/note'
import { NOTE_BUCKETS, pad } from '../../src/e2ee/padding'
import type { SealingKeys } from '../../src/e2ee/types'
import { b64Encode, concat, randomBytes, sha256, type Bytes } from '../../src/net/bytes'
import { choices } from '../support/random'
import { SLUG, bytes } from './cast'

let intake: SealingKeys
beforeAll(async () => {
  intake = await sealingKeys()
})

const note = (o: Partial<Note> = {}): Note => ({
  request: randomBytes(16),
  organisation: SLUG,
  root: randomBytes(32),
  packages: [1, 2, 3].map(() => ({ message: randomBytes(300), seat: randomBytes(32) })),
  rejoin: randomBytes(32),
  language: 'en',
  text: 'Something does not feel right.',
  ...o,
})

const opened = (sealed: Bytes, of: Pick<Note, 'organisation' | 'request'>) =>
  openNote({ sealed, privateKey: intake.privateKey, organisation: of.organisation, request: of.request })

describe('a note', () => {
  it('says to the organisation what was written, and which key packages go with it', async () => {
    const written = note({ text: 'Algo no está bien 🌙 "entre comillas" \\ \n fin' })
    const read = await opened(await sealNote(written, intake.publicKey), written)
    const { request, organisation, rejoin, language, text } = written
    expect(read).toMatchObject({ request, organisation, rejoin, language, text })
    expect(read.rootHash).toEqual(await sha256(written.root))
    for (const [at, { message, seat }] of written.packages.entries()) {
      expect(read.packages[at]).toEqual({ hash: await sha256(message), seat })
    }
  })

  it('has one of two sizes, whatever was written', async () => {
    const sizes = new Set<number>()
    for (const length of [0, 1, 100, 2000, 5000, 12_000]) {
      const sealed = await sealNote(note({ text: 'a'.repeat(length) }), intake.publicKey)
      sizes.add(sealed.length)
    }
    expect([...sizes]).toEqual(NOTE_BUCKETS.map((bucket) => 1120 + bucket + 16))
  })

  it('knows exactly how much room is left, in any script', async () => {
    const random = choices(11)
    const letters = ['a', 'é', '"', '\\', '\n', '語', '🌙', '\u0007']
    for (let round = 0; round < 30; round++) {
      const packages = Array.from({ length: 1 + random.below(8) }, () => ({
        message: randomBytes(10),
        seat: randomBytes(32),
      }))
      const start = note({
        packages,
        organisation: 'a'.repeat(1 + random.below(40)),
        text: Array.from({ length: random.below(500) }, () => random.pick(letters)).join(''),
      })
      const room = noteRoom(start)
      expect(room).toBeGreaterThan(0)
      const full = { ...start, text: start.text + 'a'.repeat(room) }
      expect(noteRoom(full)).toBe(0)
      await expect(sealNote(full, intake.publicKey)).resolves.toBeDefined()
      const tooLong = { ...full, text: `${full.text}a` }
      expect(noteRoom(tooLong)).toBe(-1)
      await expect(sealNote(tooLong, intake.publicKey)).rejects.toBeInstanceOf(NoteTooLong)
    }
  })

  it('does not open for another request or organisation, or with another key', async () => {
    const written = note()
    const sealed = await sealNote(written, intake.publicKey)
    await expect(opened(sealed, { ...written, request: randomBytes(16) })).rejects.toBeInstanceOf(Unopenable)
    await expect(opened(sealed, { ...written, organisation: 'another' })).rejects.toBeInstanceOf(Unopenable)
    const { privateKey } = await sealingKeys()
    await expect(openNote({ ...written, sealed, privateKey })).rejects.toBeInstanceOf(Unopenable)
  })
})

describe('a note that was honestly sealed by somebody strange', () => {
  const good = (written: Note) => ({
    v: 1,
    request: b64Encode(written.request),
    organisation: written.organisation,
    root: b64Encode(randomBytes(32)),
    packages: [{ hash: b64Encode(randomBytes(32)), seat: b64Encode(randomBytes(32)) }],
    rejoin: b64Encode(randomBytes(32)),
    language: 'en',
    text: '',
  })

  const sealedAs = (written: Note, plaintext: Bytes): Promise<Bytes> => {
    const info = concat(bytes(`quietline note v1\0${written.organisation}\0`), written.request)
    return seal({ publicKey: intake.publicKey, info, plaintext })
  }

  it.each([
    ['another version', { v: 2 }],
    ['a field more', { more: 1 }],
    ['a field less', { text: undefined }],
    ['no packages at all', { packages: 'none' }],
    [
      'a package with a field more',
      { packages: [{ hash: b64Encode(randomBytes(32)), seat: b64Encode(randomBytes(32)), x: 1 }] },
    ],
    [
      'a hash that is too short',
      { packages: [{ hash: b64Encode(randomBytes(31)), seat: b64Encode(randomBytes(32)) }] },
    ],
    ['another request inside than outside', { request: b64Encode(randomBytes(16)) }],
    ['another organisation inside than outside', { organisation: 'another' }],
    ['a text that is a number', { text: 7 }],
    ['a rejoin key that is not base64url', { rejoin: '!' }],
  ])('is refused: %s', async (_, change) => {
    const written = note()
    const json = JSON.stringify({ ...good(written), ...change })
    const sealed = await sealedAs(written, pad(bytes(json), NOTE_BUCKETS))
    await expect(opened(sealed, written)).rejects.toBeInstanceOf(NoteMismatch)
  })

  it('is refused where it is not padded, not JSON, or not UTF-8', async () => {
    const written = note()
    const whole = bytes(JSON.stringify(good(written)))
    for (const plaintext of [
      whole,
      pad(whole, [1024]),
      pad(bytes('{'), NOTE_BUCKETS),
      pad(Uint8Array.of(0xff), NOTE_BUCKETS),
      pad(bytes('null'), NOTE_BUCKETS),
    ]) {
      await expect(opened(await sealedAs(written, plaintext), written)).rejects.toBeInstanceOf(NoteMismatch)
    }
    await expect(opened(await sealedAs(written, pad(whole, NOTE_BUCKETS)), written)).resolves.toBeDefined()
  })
})

describe("the advocate's check", () => {
  it('takes a key package and a seat that the note names as a pair, under the same root', async () => {
    const written = note()
    const read = await opened(await sealNote(written, intake.publicKey), written)
    for (const { message, seat } of written.packages) {
      await expect(noteCheck(read, { root: written.root, keyPackage: message, seat })).resolves.toBeUndefined()
    }
  })

  it("refuses the server's own key package, another seat, packages mixed up, and another root", async () => {
    const written = note()
    const read = await opened(await sealNote(written, intake.publicKey), written)
    const [first, second] = written.packages
    for (const offered of [
      { root: written.root, keyPackage: randomBytes(300), seat: first!.seat },
      { root: written.root, keyPackage: first!.message, seat: randomBytes(32) },
      { root: written.root, keyPackage: first!.message, seat: second!.seat },
      { root: randomBytes(32), keyPackage: first!.message, seat: first!.seat },
    ]) {
      await expect(noteCheck(read, offered)).rejects.toBeInstanceOf(NoteMismatch)
    }
  })
})
