/**
 * The bytes of a kept conversation's file, 1 MiB whatever it holds:
 *
 *     header 8192: u8 version ‖ u32 memory in KiB ‖ u32 passes ‖ salt 16 ‖ random
 *     slot A, slot B, 520192 each: nonce 12 ‖ AES-256-GCM(u64 count ‖ u32 length ‖ snapshot ‖ zeros), or random
 *
 * Header and slot number are bound into each seal.
 */

import { Reader, concat, randomBytes, u32, u64, u8, type Bytes } from '../net/bytes'
import { LEAST_COST, type Cost } from './argon2'
import type { OpenFile } from './opfs'

const VERSION = 1
export const FILE_BYTES = 1024 * 1024
export const HEADER_BYTES = 8192
export const SLOT_BYTES = (FILE_BYTES - HEADER_BYTES) / 2
export const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const PREFIX_BYTES = 12
/** What a snapshot may fill. */
export const CONTENT_BYTES = SLOT_BYTES - NONCE_BYTES - TAG_BYTES - PREFIX_BYTES
const MEMORY_MAX = 1024 * 1024
const PASSES_MAX = 16

export type Slot = 0 | 1

/** Not the phrase, or not a file of ours: the two cannot be told apart. */
export class WrongPhrase extends Error {
  override name = 'WrongPhrase'
}

/** The snapshot is larger than the place. What was written before stays. */
export class ContainerFull extends Error {
  override name = 'ContainerFull'
}

export function headerEncode(cost: Cost, salt: Bytes): Bytes {
  const fields = concat(u8(VERSION), u32(cost.memoryKiB), u32(cost.passes), salt)
  return concat(fields, noise(HEADER_BYTES - fields.length))
}

/** Throws `WrongPhrase` for what no version of ours wrote: a header must not lower the cost, nor hang the phone. */
export function headerDecode(header: Bytes): { cost: Cost; salt: Bytes } {
  const reader = new Reader(header)
  const version = reader.u8()
  const cost = { memoryKiB: reader.u32(), passes: reader.u32() }
  const dear = cost.memoryKiB >= LEAST_COST.memoryKiB && cost.passes >= LEAST_COST.passes
  const bearable = cost.memoryKiB <= MEMORY_MAX && cost.passes <= PASSES_MAX
  if (version !== VERSION || !dear || !bearable) throw new WrongPhrase()
  return { cost, salt: reader.take(SALT_BYTES) }
}

export interface Kept {
  readonly count: number
  readonly snapshot: Bytes
}

export async function slotSeal(key: CryptoKey, kept: Kept, header: Bytes, slot: Slot): Promise<Bytes> {
  const room = CONTENT_BYTES - kept.snapshot.length
  if (room < 0) throw new ContainerFull()
  const plain = concat(u64(kept.count), u32(kept.snapshot.length), kept.snapshot, new Uint8Array(room))
  const iv = randomBytes(NONCE_BYTES)
  const sealed = new Uint8Array(await crypto.subtle.encrypt(sealing(iv, header, slot), key, plain))
  plain.fill(0)
  return concat(iv, sealed)
}

/** null where the slot holds nothing that this key sealed for it. */
export async function slotOpen(file: OpenFile, key: CryptoKey, header: Bytes, slot: Slot): Promise<Kept | null> {
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
export async function newest(file: OpenFile, key: CryptoKey, header: Bytes): Promise<{ slot: Slot; count: number }> {
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

export const slotAt = (slot: Slot): number => HEADER_BYTES + slot * SLOT_BYTES
export const other = (slot: Slot): Slot => (slot === 0 ? 1 : 0)

/** Random bytes of any length: the system gives 64 KiB at a time. */
export function noise(size: number): Bytes {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536))
  return bytes
}
