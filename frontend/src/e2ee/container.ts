/**
 * A sealed place on the device for one kept conversation (docs/adr/0007): one file of fixed size, written in place, under a phrase.
 *
 * A snapshot goes into the slot that is not in use and is flushed; then the other slot is overwritten with random bytes. Whenever the
 * power fails, one whole snapshot is there, and in peace there is only one: what was erased is in neither slot.
 */

import { concat, randomBytes, type Bytes } from '../net/bytes'
import { FULL_COST, LEAST_COST, StretchFailed, stretch as stretchInWorker, type Cost, type Stretch } from './argon2'
import {
  FILE_BYTES,
  HEADER_BYTES,
  SALT_BYTES,
  SLOT_BYTES,
  WrongPhrase,
  headerDecode,
  headerEncode,
  newest,
  noise,
  other,
  slotAt,
  slotOpen,
  slotSeal,
  type Slot,
} from './container_file'
import { HeldElsewhere, KEPT_CONVERSATION, lockTake, type LockOptions, type TabLock } from './lock'
import { StorageRefused, opfs, type Folder, type OpenFile } from './opfs'
import { bare, wordsOf } from './phrase'

export { CONTENT_BYTES, ContainerFull } from './container_file'
export { FILE_BYTES, HeldElsewhere, StorageRefused, StretchFailed, WrongPhrase }

/** A phrase that a copy of the file does not fall to in days of guessing. */
export const PHRASE_WORDS = 5

/** There is a conversation already; it is opened or erased first. */
export class AlreadyKept extends Error {
  override name = 'AlreadyKept'
}

/** Nothing is kept here. */
export class NothingKept extends Error {
  override name = 'NothingKept'
}

/** Fewer than five different words. */
export class PhraseTooShort extends Error {
  override name = 'PhraseTooShort'
}

/** What a test puts in the place of the browser's. */
export interface ContainerParts {
  readonly folder?: Folder
  readonly stretch?: Stretch
  readonly locks?: LockOptions['locks']
}

/** Whether this browser can keep a conversation at all. */
export function containerPossible(): boolean {
  return (
    typeof Worker === 'function' &&
    (navigator.locks as LockManager | undefined) !== undefined &&
    typeof (navigator.storage as StorageManager | undefined)?.getDirectory === 'function'
  )
}

/** Whether something is kept on this device. Tells nothing of what it is. */
export function containerExists(folder: Folder = opfs): Promise<boolean> {
  return folder.exists()
}

/** Whether a phrase has enough different words. */
export function phraseLongEnough(phrase: string): boolean {
  return new Set(wordsOf(phrase).map(bare)).size >= PHRASE_WORDS
}

/** Overwrites and removes what is kept, whoever asks: no phrase is needed to forget. Throws `HeldElsewhere`, `StorageRefused`. */
export async function containerErase(parts: ContainerParts = {}): Promise<void> {
  const folder = parts.folder ?? opfs
  if (!(await folder.exists())) return
  await withFile(parts, async ({ file, lock }) => {
    await fileErase(file, folder)
    lock.release()
  })
}

interface Opened {
  readonly folder: Folder
  readonly file: OpenFile
  readonly lock: TabLock
}

/** Reads and writes for conversation/keeper.ts; implements its `Place`. */
export class Container {
  readonly #opened: Opened
  readonly #header: Bytes
  #key: CryptoKey | null
  #used: Slot
  #count: number
  /** One act after the other. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(opened: Opened, header: Bytes, key: CryptoKey, found: { slot: Slot; count: number }) {
    this.#opened = opened
    this.#header = header
    this.#key = key
    this.#used = found.slot
    this.#count = found.count
  }

  /** Throws `PhraseTooShort`, `AlreadyKept`, `HeldElsewhere`, `StorageRefused`, `StretchFailed`. */
  static async create(phrase: string, parts: ContainerParts = {}): Promise<Container> {
    if (!phraseLongEnough(phrase)) throw new PhraseTooShort()
    return withFile(parts, async (opened) => {
      if (opened.file.size > 0) throw new AlreadyKept()
      try {
        const { header, key } = await freshKey(phrase, parts.stretch ?? stretchInWorker)
        await opened.file.write(0, concat(header, noise(2 * SLOT_BYTES)))
        const container = new Container(opened, header, key, { slot: 1, count: 0 })
        await container.write(new Uint8Array())
        return container
      } catch (error) {
        // Half a container would look like something kept.
        await fileErase(opened.file, opened.folder).catch(() => {})
        throw error
      }
    })
  }

  /** Throws `NothingKept`, `WrongPhrase`, `HeldElsewhere`, `StorageRefused`, `StretchFailed`. */
  static async open(phrase: string, parts: ContainerParts = {}): Promise<Container> {
    if (!(await containerExists(parts.folder))) throw new NothingKept()
    return withFile(parts, async (opened) => {
      if (opened.file.size !== FILE_BYTES) throw new WrongPhrase()
      const header = await opened.file.read(0, HEADER_BYTES)
      const { cost, salt } = headerDecode(header)
      const key = await keyOf(phrase, salt, cost, parts.stretch ?? stretchInWorker)
      const found = await newest(opened.file, key, header)
      const container = new Container(opened, header, key, found)
      // Power that failed in the middle of a write may have left the snapshot before.
      await container.#overwrite(other(found.slot))
      return container
    })
  }

  /** What was written last; empty where nothing was. */
  read(): Promise<Bytes> {
    return this.#inTurn(async (key) => {
      const found = await slotOpen(this.#opened.file, key, this.#header, this.#used)
      if (found === null) throw new StorageRefused()
      return found.snapshot
    })
  }

  /** Resolves when the bytes are on the disk and those before are overwritten. Throws `ContainerFull`, `StorageRefused`. */
  write(snapshot: Bytes): Promise<void> {
    return this.#inTurn(async (key) => {
      const slot = other(this.#used)
      const sealed = await slotSeal(key, { count: this.#count + 1, snapshot }, this.#header, slot)
      await this.#opened.file.write(slotAt(slot), sealed)
      this.#used = slot
      this.#count += 1
      await this.#overwrite(other(slot))
    })
  }

  /** Overwrites everything in place, removes the file and lets go of it. */
  async erase(): Promise<void> {
    this.#key = null
    await this.#last
    await fileErase(this.#opened.file, this.#opened.folder).finally(() => this.#opened.lock.release())
  }

  /** Forgets the key at once. The file stays as it is, for the phrase to open again. */
  async close(): Promise<void> {
    this.#key = null
    await this.#last
    await this.#opened.file.close().finally(() => this.#opened.lock.release())
  }

  #overwrite(slot: Slot): Promise<void> {
    return this.#opened.file.write(slotAt(slot), noise(SLOT_BYTES))
  }

  #inTurn<T>(act: (key: CryptoKey) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => {
      if (this.#key === null) throw new StorageRefused()
      return act(this.#key)
    })
    this.#last = turn.catch(() => {})
    return turn
  }
}

/** Takes the lock, then the file; lets go of both where `use` throws. */
async function withFile<T>(parts: ContainerParts, use: (opened: Opened) => Promise<T>): Promise<T> {
  const folder = parts.folder ?? opfs
  const lock = await lockTake(KEPT_CONVERSATION, parts.locks === undefined ? {} : { locks: parts.locks })
  try {
    const file = await folder.open()
    try {
      return await use({ folder, file, lock })
    } catch (error) {
      await file.close().catch(() => {})
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function fileErase(file: OpenFile, folder: Folder): Promise<void> {
  await file.write(0, noise(Math.max(FILE_BYTES, file.size)))
  await file.close()
  await folder.remove()
}

/** The strongest key that this phone can make, and the header that says how. */
async function freshKey(phrase: string, stretch: Stretch): Promise<{ header: Bytes; key: CryptoKey }> {
  const salt = randomBytes(SALT_BYTES)
  for (const cost of [FULL_COST, LEAST_COST]) {
    try {
      return { header: headerEncode(cost, salt), key: await keyOf(phrase, salt, cost, stretch) }
    } catch (error) {
      if (!(error instanceof StretchFailed) || cost === LEAST_COST) throw error
    }
  }
  throw new StretchFailed()
}

async function keyOf(phrase: string, salt: Bytes, cost: Cost, stretch: Stretch): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(wordsOf(phrase).map(bare).join(' '))
  const raw = await stretch({ secret, salt, ...cost, size: 32 }).finally(() => secret.fill(0))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  raw.fill(0)
  return key
}
