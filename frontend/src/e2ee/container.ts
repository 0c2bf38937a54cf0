/**
 * A sealed place on the device for one kept conversation (docs/adr/0007): one file of fixed size, written in place, under a phrase.
 *
 *     header 8192: u8 version ‖ u32 memory in KiB ‖ u32 passes ‖ salt 16 ‖ random
 *     slot A, slot B, 520192 each: nonce 12 ‖ AES-256-GCM(u64 count ‖ u32 length ‖ snapshot ‖ zeros), or random
 *
 * A snapshot goes into the slot that is not in use and is flushed; then the other slot is overwritten with random bytes. Whenever the
 * power fails, one whole snapshot is there, and in peace there is only one: what was erased is in neither slot.
 */

import { Reader, concat, randomBytes, u32, u64, u8, type Bytes } from '../net/bytes'
import { FULL_COST, LEAST_COST, StretchFailed, stretch as stretchInWorker, type Cost, type Stretch } from './argon2'
import { KEPT_CONVERSATION, HeldElsewhere, lockTake, type LockOptions, type TabLock } from './lock'
import { opfs, StorageRefused, type Folder, type OpenFile } from './opfs'
import { bare, wordsOf } from './phrase'

export { HeldElsewhere, StorageRefused, StretchFailed }

const VERSION = 1
export const FILE_BYTES = 1024 * 1024
const HEADER_BYTES = 8192
const SLOT_BYTES = (FILE_BYTES - HEADER_BYTES) / 2
const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const PREFIX_BYTES = 12
/** What a snapshot may fill. */
export const CONTENT_BYTES = SLOT_BYTES - NONCE_BYTES - TAG_BYTES - PREFIX_BYTES
const MEMORY_MAX = 1024 * 1024
const PASSES_MAX = 16
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

/** Not the phrase, or not a file of ours: the two cannot be told apart. */
export class WrongPhrase extends Error {
  override name = 'WrongPhrase'
}

/** Fewer than five different words. */
export class PhraseTooShort extends Error {
  override name = 'PhraseTooShort'
}

/** The snapshot is larger than the place. What was written before stays. */
export class ContainerFull extends Error {
  override name = 'ContainerFull'
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

type Slot = 0 | 1

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

function headerEncode(cost: Cost, salt: Bytes): Bytes {
  const fields = concat(u8(VERSION), u32(cost.memoryKiB), u32(cost.passes), salt)
  return concat(fields, noise(HEADER_BYTES - fields.length))
}

/** Throws `WrongPhrase` for what no version of ours wrote: a header must not lower the cost, nor hang the phone. */
function headerDecode(header: Bytes): { cost: Cost; salt: Bytes } {
  const reader = new Reader(header)
  const version = reader.u8()
  const cost = { memoryKiB: reader.u32(), passes: reader.u32() }
  const fits = (value: number, least: number, most: number): boolean => value >= least && value <= most
  const known = version === VERSION
  if (
    !known ||
    !fits(cost.memoryKiB, LEAST_COST.memoryKiB, MEMORY_MAX) ||
    !fits(cost.passes, LEAST_COST.passes, PASSES_MAX)
  )
    throw new WrongPhrase()
  return { cost, salt: reader.take(SALT_BYTES) }
}

interface Kept {
  readonly count: number
  readonly snapshot: Bytes
}

async function slotSeal(key: CryptoKey, kept: Kept, header: Bytes, slot: Slot): Promise<Bytes> {
  const room = CONTENT_BYTES - kept.snapshot.length
  if (room < 0) throw new ContainerFull()
  const plain = concat(u64(kept.count), u32(kept.snapshot.length), kept.snapshot, new Uint8Array(room))
  const iv = randomBytes(NONCE_BYTES)
  const sealed = new Uint8Array(await crypto.subtle.encrypt(sealing(iv, header, slot), key, plain))
  plain.fill(0)
  return concat(iv, sealed)
}

/** null where the slot holds nothing that this key sealed for it. */
async function slotOpen(file: OpenFile, key: CryptoKey, header: Bytes, slot: Slot): Promise<Kept | null> {
  const bytes = await file.read(slotAt(slot), SLOT_BYTES)
  const iv = bytes.slice(0, NONCE_BYTES)
  try {
    const plain = new Uint8Array(await crypto.subtle.decrypt(sealing(iv, header, slot), key, bytes.slice(NONCE_BYTES)))
    const reader = new Reader(plain)
    const kept = { count: reader.u64(), snapshot: reader.take(reader.u32()) }
    plain.fill(0)
    return kept
  } catch {
    return null
  }
}

/** The slot with the higher count. Throws `WrongPhrase` where neither opens. */
async function newest(file: OpenFile, key: CryptoKey, header: Bytes): Promise<{ slot: Slot; count: number }> {
  const counts = await Promise.all(
    ([0, 1] as const).map(async (slot) => (await slotOpen(file, key, header, slot))?.count ?? -1),
  )
  const [a = -1, b = -1] = counts
  if (a < 0 && b < 0) throw new WrongPhrase()
  return a > b ? { slot: 0, count: a } : { slot: 1, count: b }
}

function sealing(iv: Bytes, header: Bytes, slot: Slot): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: concat(header, u8(slot)) }
}

const slotAt = (slot: Slot): number => HEADER_BYTES + slot * SLOT_BYTES
const other = (slot: Slot): Slot => (slot === 0 ? 1 : 0)

/** Random bytes of any length: the system gives 64 KiB at a time. */
function noise(size: number): Bytes {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536))
  return bytes
}
