import { describe, expect, it } from 'vitest'
import { LEAST_COST, type Argon2Input } from '../../src/e2ee/argon2'
import { argon2ByScript, argon2ByWasm, argon2Hash } from '../../src/e2ee/argon2_hash'
import { HURTFUL, wordList } from '../../src/e2ee/wordlists'
import {
  PLACE_BYTES,
  PlaceUnopenable,
  RETURN_WORDS,
  placeOpen,
  placeSeal,
  returnKeys,
  wordsMake,
  wordsRead,
} from '../../src/e2ee/words'
import { bare } from '../../src/e2ee/phrase'
import { ownWorker } from '../../src/e2ee/worker'
import { b64Encode, randomBytes, type Bytes } from '../../src/net/bytes'
import { PaddingError } from '../../src/net/padding'
import { vectorFile } from './vectors'

const text = (value: string): Bytes => new TextEncoder().encode(value)
const hex = (raw: Uint8Array): string => Buffer.from(raw).toString('hex')
const LANGUAGES = ['en', 'es'] as const

describe('return words', () => {
  it.each(LANGUAGES)('are six words of the %s list, read back as they were made', async (language) => {
    const list = await wordList(language)
    for (let round = 0; round < 50; round++) {
      const words = await wordsMake(language)
      expect(words).toHaveLength(RETURN_WORDS)
      expect(words.every((word) => list.includes(word))).toBe(true)
      expect(await wordsRead(words.join(' '), language)).toEqual(words)
    }
  })

  it.each(LANGUAGES)('are in canonical form (NFKD, lower case) in the %s list', async (language) => {
    for (const word of await wordList(language)) expect(word).toBe(word.normalize('NFKD').toLowerCase())
  })

  it.each(LANGUAGES)('never hurt whoever must learn them: each %s word left out is in the list', async (language) => {
    const list = new Set((await wordList(language)).map(bare))
    expect([...HURTFUL[language]].filter((word) => !list.has(word))).toEqual([])
    const drawn = await wordsMake(language, 20_000)
    expect(drawn.filter((word) => HURTFUL[language].has(bare(word)))).toEqual([])
    // With 20,000 draws every one of the others has come up, but for a handful at most.
    expect(new Set(drawn).size).toBeGreaterThan(2048 - HURTFUL[language].size - 10)
  })

  it('that were left out are still understood', async () => {
    expect(await wordsRead('abuso', 'es')).toEqual(['abuso'])
  })

  it('are read whatever the case, the accents, the spaces and the way they are separated', async () => {
    const words = ['ábaco', 'ácido', 'corazón', 'niñez', 'río', 'zafiro'].map((word) => word.normalize('NFKD'))
    expect(await wordsRead('  Abaco  ÁCIDO\ncorazon, ninez  río-ZAFIRO ', 'es')).toEqual(words)
    expect(await wordsRead(words.join(' ').normalize('NFC'), 'es')).toEqual(words)
  })

  it.each(LANGUAGES)('of the %s list are named by their first four letters', async (language) => {
    const list = await wordList(language)
    const started = list.map((word) => bare(word).slice(0, 4))
    expect(await wordsRead(started.join(' '), language)).toEqual(list)
  })

  it('of the other language are understood too', async () => {
    expect(await wordsRead('zebra zero zone zoo young youth', 'es')).toEqual([
      'zebra',
      'zero',
      'zone',
      'zoo',
      'young',
      'youth',
    ])
  })

  it('show which word nobody knows', async () => {
    expect(await wordsRead('zebra zerro zone', 'en')).toEqual(['zebra', null, 'zone'])
    expect(await wordsRead('zebras', 'en')).toEqual([null])
    expect(await wordsRead('', 'en')).toEqual([])
  })
})

describe('what return words open', () => {
  const cheap = (input: Argon2Input): Promise<Bytes> => argon2Hash({ ...input, memoryKiB: 256, passes: 1 })

  interface Case {
    readonly language: 'en' | 'es'
    readonly host: string
    readonly words: string
    readonly id: string
    readonly token: string
    readonly key: string
  }
  const { return_words: cases } = vectorFile<{ return_words: readonly Case[] }>('spoken')

  it.each(cases.map((one) => [one.words, one] as const))(
    'are the bytes that another client makes of %s',
    async (_, one) => {
      const words = await wordsRead(one.words, one.language)
      expect(words).not.toContain(null)
      const asked: Argon2Input[] = []
      const keys = await returnKeys(words as string[], one.host, async (input) => {
        asked.push(input)
        return argon2Hash(input)
      })
      expect([keys.id, keys.token, keys.key].map(b64Encode)).toEqual([one.id, one.token, one.key])
      expect(asked).toMatchObject([{ memoryKiB: 65536, passes: 3, size: 80 }])
    },
  )

  it('are other keys at another host', async () => {
    const [a, b] = await Promise.all(['one.example', 'two.example'].map((host) => returnKeys(['zoo'], host, cheap)))
    expect(hex(a!.id)).not.toBe(hex(b!.id))
  })

  it('is a place of one size, whatever lies in it', async () => {
    const key = randomBytes(32)
    for (const size of [0, 1, 1000, PLACE_BYTES - 12 - 16 - 4]) {
      const content = randomBytes(size)
      const sealed = await placeSeal(key, content)
      expect(sealed).toHaveLength(PLACE_BYTES)
      expect(await placeOpen(key, sealed)).toEqual(content)
    }
    await expect(placeSeal(key, randomBytes(PLACE_BYTES - 12 - 16 - 3))).rejects.toBeInstanceOf(PaddingError)
  })

  it('does not open with another key, changed, or cut short', async () => {
    const key = randomBytes(32)
    const sealed = await placeSeal(key, text('{}'))
    const changed = sealed.map((byte, at) => (at === 2000 ? byte ^ 1 : byte))
    await expect(placeOpen(randomBytes(32), sealed)).rejects.toBeInstanceOf(PlaceUnopenable)
    await expect(placeOpen(key, changed)).rejects.toBeInstanceOf(PlaceUnopenable)
    await expect(placeOpen(key, sealed.slice(0, -1))).rejects.toBeInstanceOf(PlaceUnopenable)
    await expect(placeOpen(key, new Uint8Array())).rejects.toBeInstanceOf(PlaceUnopenable)
  })
})

describe('Argon2id', () => {
  const input = { secret: text('correct horse battery staple'), salt: text('0123456789abcdef'), size: 32 }

  it('gives the same bytes by WebAssembly and in plain JavaScript', async () => {
    for (const cost of [
      { memoryKiB: 64, passes: 3 },
      { memoryKiB: 1024, passes: 1 },
    ]) {
      expect(await argon2ByScript({ ...input, ...cost })).toEqual(await argon2ByWasm({ ...input, ...cost }))
    }
  })

  it('falls back to JavaScript where WebAssembly is forbidden', async () => {
    const { WebAssembly } = globalThis
    const expected = await argon2ByWasm({ ...input, memoryKiB: 64, passes: 1 })
    try {
      Object.assign(globalThis, { WebAssembly: undefined })
      await expect(argon2ByWasm({ ...input, memoryKiB: 64, passes: 1 })).rejects.toThrow()
      expect(await argon2Hash({ ...input, memoryKiB: 64, passes: 1 })).toEqual(expected)
    } finally {
      Object.assign(globalThis, { WebAssembly })
    }
  })

  it('is never asked for less than 46 MiB', () => {
    expect(LEAST_COST).toEqual({ memoryKiB: 46 * 1024, passes: 1 })
  })
})

describe('a worker', () => {
  const page = 'https://clear.example/'

  it('is one of our own files', () => {
    expect(ownWorker('/assets/argon2.worker-Ab1_-x.js', page)).toBe('/assets/argon2.worker-Ab1_-x.js')
  })

  it.each([
    'https://elsewhere.example/assets/argon2.worker-A.js',
    '//elsewhere.example/argon2.worker-A.js',
    'data:text/javascript,0//.worker-A',
    'blob:https://clear.example/x.worker-A',
    '/assets/app-A.js',
  ])('is never %s', (url) => {
    expect(() => ownWorker(url, page)).toThrow(TypeError)
  })
})
