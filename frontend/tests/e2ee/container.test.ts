import { describe, expect, it } from 'vitest'
import { FULL_COST, LEAST_COST, StretchFailed, type Argon2Input, type Stretch } from '../../src/e2ee/argon2'
import {
  AlreadyKept,
  CONTENT_BYTES,
  Container,
  ContainerFull,
  FILE_BYTES,
  HeldElsewhere,
  NothingKept,
  PhraseTooShort,
  StorageRefused,
  WrongPhrase,
  containerErase,
  containerExists,
  phraseLongEnough,
  type ContainerParts,
} from '../../src/e2ee/container'
import { concat, randomBytes, sameBytes, sha256, u32, type Bytes } from '../../src/net/bytes'
import { choices } from '../support/random'
import { FakeLocks } from './fake_locks'
import { MemoryFolder, PowerFailed } from './memory_folder'

const PHRASE = 'river lamp onion seven quiet'
const bytes = (value: string): Bytes => new TextEncoder().encode(value)
const text = (value: Bytes): string => new TextDecoder().decode(value)

/** Stretching is tested with the words; here a hash keeps the tests quick and depends on the same things. */
const quick: Stretch = async ({ secret, salt, memoryKiB, passes }) =>
  sha256(concat(u32(memoryKiB), u32(passes), salt, secret))

function phone(): { folder: MemoryFolder; parts: ContainerParts } {
  const folder = new MemoryFolder()
  return { folder, parts: { folder, stretch: quick, locks: new FakeLocks() } }
}

/** The browser gives a lock back a moment after it was released. */
const letGo = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a kept conversation', () => {
  it('is there again after the phone was restarted', async () => {
    const { parts } = phone()
    const made = await Container.create(PHRASE, parts)
    expect(await made.read()).toEqual(new Uint8Array())
    await made.write(bytes('first'))
    await made.write(bytes('second'))
    await made.close()
    await letGo()
    const opened = await Container.open(PHRASE, parts)
    expect(text(await opened.read())).toBe('second')
    await opened.write(bytes('third'))
    expect(text(await opened.read())).toBe('third')
  })

  it('opens whatever the case, the accents and the spaces of the phrase', async () => {
    const { parts } = phone()
    const made = await Container.create('Río lámpara cebolla siete quieta', parts)
    await made.write(bytes('kept'))
    await made.close()
    await letGo()
    const opened = await Container.open('  rio LAMPARA   cebolla, siete quieta', parts)
    expect(text(await opened.read())).toBe('kept')
  })

  it('takes the same room whatever it holds', async () => {
    const { folder, parts } = phone()
    const made = await Container.create(PHRASE, parts)
    expect(folder.disk).toHaveLength(FILE_BYTES)
    for (const size of [0, 1, 100_000, CONTENT_BYTES]) {
      const content = new Uint8Array(size).fill(7)
      await made.write(content)
      expect(folder.disk).toHaveLength(FILE_BYTES)
      expect(sameBytes(await made.read(), content)).toBe(true)
    }
  })

  it('says so where a snapshot does not fit, and keeps the one before', async () => {
    const { parts } = phone()
    const made = await Container.create(PHRASE, parts)
    await made.write(bytes('before'))
    await expect(made.write(new Uint8Array(CONTENT_BYTES + 1))).rejects.toBeInstanceOf(ContainerFull)
    expect(text(await made.read())).toBe('before')
    await made.write(bytes('after'))
    expect(text(await made.read())).toBe('after')
  })

  it('looks like noise on the disk: nothing that was written can be read there', async () => {
    const { folder, parts } = phone()
    const made = await Container.create(PHRASE, parts)
    const content = bytes('a sentence that somebody would search for, '.repeat(1000))
    await made.write(content)
    const disk = Buffer.from(folder.disk!)
    expect(disk.includes('somebody would search')).toBe(false)
    // The empty room is not told from the full: no byte value stands out in either slot.
    for (const at of [8192, 8192 + 520192]) {
      const seen = new Array<number>(256).fill(0)
      for (const byte of disk.subarray(at, at + 520192)) seen[byte] = (seen[byte] ?? 0) + 1
      expect(Math.max(...seen)).toBeLessThan(2500)
      expect(Math.min(...seen)).toBeGreaterThan(1600)
    }
  })

  it('writes in turn: the last one asked for stays', async () => {
    const { parts } = phone()
    const made = await Container.create(PHRASE, parts)
    await Promise.all(['a', 'b', 'c', 'd'].map((value) => made.write(bytes(value))))
    expect(text(await made.read())).toBe('d')
  })
})

describe('what was written before', () => {
  it('is overwritten once the new snapshot is safe: only one opens, in any image of the disk taken in peace', async () => {
    const { folder, parts } = phone()
    const made = await Container.create(PHRASE, parts)
    for (const value of ['one', 'two', 'three']) await made.write(bytes(value))
    const { disk } = folder
    const slots = [disk!.slice(8192, 8192 + 520192), disk!.slice(8192 + 520192)]
    for (const slot of slots) {
      // The other slot turned to noise: what is left is the last snapshot, or nothing.
      const copy = new MemoryFolder()
      const at = slot === slots[0] ? 8192 + 520192 : 8192
      copy.disk = disk!.slice()
      copy.disk.set(new Uint8Array(520192), at)
      const result = await Container.open(PHRASE, { folder: copy, stretch: quick, locks: new FakeLocks() }).then(
        async (opened) => text(await opened.read()),
        (error: unknown) => error,
      )
      if (result !== 'three') expect(result).toBeInstanceOf(WrongPhrase)
    }
  })

  it('is overwritten at the next opening where power failed before that', async () => {
    const { folder, parts } = phone()
    const made = await Container.create(PHRASE, parts)
    await made.write(bytes('old'))
    folder.bytesLeft = 520192
    await expect(made.write(bytes('new'))).rejects.toBeInstanceOf(PowerFailed)
    const before = folder.disk!.slice()
    folder.restart()
    const opened = await Container.open(PHRASE, { ...parts, locks: new FakeLocks() })
    expect(text(await opened.read())).toBe('new')
    const changed = [8192, 8192 + 520192].filter(
      (at) => !sameBytes(before.slice(at, at + 64), folder.disk!.slice(at, at + 64)),
    )
    expect(changed).toHaveLength(1)
  })
})

describe('a power failure', () => {
  it('at any byte of any write leaves the snapshot before or the new one, whole', async () => {
    const random = choices(20261125)
    for (let round = 0; round < 60; round++) {
      const { folder, parts } = phone()
      const made = await Container.create(PHRASE, parts)
      const written = Array.from({ length: 1 + random.below(4) }, (_, at) => `${round}.${at}`)
      for (const value of written) await made.write(bytes(value))
      folder.bytesLeft = random.pick([0, 1, 520191, 520192, 520193, random.below(2 * 520192)])
      const failed = await made.write(bytes('new')).then(
        () => false,
        () => true,
      )
      folder.restart()
      const opened = await Container.open(PHRASE, { ...parts, locks: new FakeLocks() })
      const found = text(await opened.read())
      expect(failed ? [written.at(-1), 'new'] : ['new']).toContain(found)
      await opened.write(bytes('afterwards'))
      expect(text(await opened.read())).toBe('afterwards')
    }
  })

  it('while it is made leaves something that can only be erased, and then made again', async () => {
    const { folder, parts } = phone()
    folder.bytesLeft = 5000
    await expect(Container.create(PHRASE, parts)).rejects.toBeInstanceOf(PowerFailed)
    folder.restart()
    await letGo()
    await expect(Container.open(PHRASE, parts)).rejects.toBeInstanceOf(WrongPhrase)
    await letGo()
    await expect(Container.create(PHRASE, parts)).rejects.toBeInstanceOf(AlreadyKept)
    await letGo()
    await containerErase(parts)
    await letGo()
    await expect(Container.create(PHRASE, parts)).resolves.toBeInstanceOf(Container)
  })
})

describe('who may not open it', () => {
  it('is whoever has another phrase', async () => {
    const { parts } = phone()
    await (await Container.create(PHRASE, parts)).close()
    await letGo()
    await expect(Container.open('river lamp onion seven noisy', parts)).rejects.toBeInstanceOf(WrongPhrase)
    await letGo()
    await expect(Container.open(PHRASE, parts)).resolves.toBeInstanceOf(Container)
  })

  it('is whoever changed one byte of the header or of the snapshot', async () => {
    const { folder, parts } = phone()
    const made = await Container.create(PHRASE, parts)
    await made.write(bytes('kept'))
    await made.close()
    await letGo()
    const whole = folder.disk!.slice()
    for (const at of [0, 4, 8, 20, 5000, 8192, 8192 + 520192]) {
      folder.disk = whole.slice()
      // Slot A and slot B: one of them holds the snapshot.
      for (const one of at >= 8192 ? [8192, 8192 + 520192] : [at]) folder.disk[one] = (folder.disk[one] ?? 0) ^ 1
      await expect(Container.open(PHRASE, parts)).rejects.toBeInstanceOf(WrongPhrase)
      await letGo()
    }
  })

  it('is whoever moved the snapshot to the other slot', async () => {
    const { folder, parts } = phone()
    await (await Container.create(PHRASE, parts)).close()
    await letGo()
    const disk = folder.disk!
    folder.disk = concat(disk.slice(0, 8192), disk.slice(8192 + 520192), disk.slice(8192, 8192 + 520192))
    await expect(Container.open(PHRASE, parts)).rejects.toBeInstanceOf(WrongPhrase)
  })

  it.each([
    ['less memory than 46 MiB', 1, u32(46 * 1024 - 1)],
    ['more memory than a phone has', 1, u32(2 ** 31)],
    ['no pass', 5, u32(0)],
    ['passes without end', 5, u32(2 ** 31)],
    ['another version', 0, Uint8Array.of(2)],
  ])('is nobody where the header says %s: nothing is even tried', async (_, at, value) => {
    const { folder, parts } = phone()
    await (await Container.create(PHRASE, parts)).close()
    await letGo()
    folder.disk!.set(value, at)
    const asked: Argon2Input[] = []
    const stretch: Stretch = (input) => {
      asked.push(input)
      return quick(input)
    }
    await expect(Container.open(PHRASE, { ...parts, stretch })).rejects.toBeInstanceOf(WrongPhrase)
    expect(asked).toEqual([])
  })

  it('is a second tab', async () => {
    const { parts } = phone()
    const first = await Container.create(PHRASE, parts)
    await expect(Container.open(PHRASE, parts)).rejects.toBeInstanceOf(HeldElsewhere)
    await expect(containerErase(parts)).rejects.toBeInstanceOf(HeldElsewhere)
    await first.close()
    await letGo()
    await expect(Container.open(PHRASE, parts)).resolves.toBeInstanceOf(Container)
  })

  it('is another browser process that no lock reaches: the file itself is held', async () => {
    const { parts } = phone()
    await Container.create(PHRASE, parts)
    const elsewhere = { ...parts, locks: new FakeLocks() }
    await expect(Container.open(PHRASE, elsewhere)).rejects.toBeInstanceOf(HeldElsewhere)
  })
})

describe('a phrase', () => {
  it.each([
    ['four words only', 'river lamp onion seven', false],
    ['five', PHRASE, true],
    ['one word five times', 'river river river river river', false],
    ['five words of which two differ by an accent only', 'rio río lamp onion seven', false],
    ['nothing', '', false],
  ])('of %s', (_, phrase, enough) => {
    expect(phraseLongEnough(phrase)).toBe(enough)
  })

  it('that is too short keeps nothing', async () => {
    const { folder, parts } = phone()
    await expect(Container.create('river lamp', parts)).rejects.toBeInstanceOf(PhraseTooShort)
    expect(await containerExists(folder)).toBe(false)
  })

  it('is stretched at full cost, or at the least one where the phone cannot', async () => {
    const asked: number[] = []
    const weak: Stretch = async (input) => {
      asked.push(input.memoryKiB)
      if (input.memoryKiB > LEAST_COST.memoryKiB) throw new StretchFailed()
      return quick(input)
    }
    const { parts } = phone()
    const made = await Container.create(PHRASE, { ...parts, stretch: weak })
    await made.write(bytes('kept'))
    await made.close()
    await letGo()
    expect(asked).toEqual([FULL_COST.memoryKiB, LEAST_COST.memoryKiB])
    const opened = await Container.open(PHRASE, { ...parts, stretch: weak })
    expect(text(await opened.read())).toBe('kept')
  })

  it('on a phone that can do neither keeps nothing, and leaves nothing that would look so', async () => {
    const { folder, parts } = phone()
    const stretch: Stretch = async () => Promise.reject(new StretchFailed())
    await expect(Container.create(PHRASE, { ...parts, stretch })).rejects.toBeInstanceOf(StretchFailed)
    expect(await containerExists(folder)).toBe(false)
    await letGo()
    await expect(Container.create(PHRASE, parts)).resolves.toBeInstanceOf(Container)
  })
})

describe('erasing', () => {
  it('overwrites every byte in place before the file goes', async () => {
    const { folder, parts } = phone()
    const made = await Container.create(PHRASE, parts)
    await made.write(bytes('kept'))
    const before = folder.disk!.slice()
    await made.erase()
    expect(folder.disk).toBeNull()
    const last = folder.images.at(-1)!
    expect(last).toHaveLength(FILE_BYTES)
    const same = before.filter((byte, at) => byte === last[at]).length
    // By chance one byte of 256 is what it was.
    expect(same).toBeLessThan(FILE_BYTES / 200)
    await letGo()
    await expect(Container.open(PHRASE, parts)).rejects.toBeInstanceOf(NothingKept)
  })

  it('needs no phrase, and does nothing where nothing is kept', async () => {
    const { folder, parts } = phone()
    await containerErase(parts)
    expect(folder.writes).toBe(0)
    await (await Container.create(PHRASE, parts)).close()
    await letGo()
    await containerErase(parts)
    expect(await containerExists(folder)).toBe(false)
  })

  it('waits for a write that is under way, and nothing is written after it', async () => {
    const { folder, parts } = phone()
    const made = await Container.create(PHRASE, parts)
    const writing = made.write(bytes('late')).catch((error: unknown) => error)
    const erasing = made.erase()
    expect(await writing).toBeInstanceOf(StorageRefused)
    await erasing
    await expect(made.write(bytes('later'))).rejects.toBeInstanceOf(StorageRefused)
    expect(folder.disk).toBeNull()
  })
})

describe('closing', () => {
  it('forgets the key at once', async () => {
    const { parts } = phone()
    const made = await Container.create(PHRASE, parts)
    const closing = made.close()
    await expect(made.read()).rejects.toBeInstanceOf(StorageRefused)
    await closing
    await expect(made.write(randomBytes(8))).rejects.toBeInstanceOf(StorageRefused)
  })
})
