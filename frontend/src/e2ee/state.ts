/** A group's state as bytes, and how it is wiped. The bytes hold private keys: they go into the sealed container or nowhere. */

import { decodeGroupState, encodeGroupState, type ClientState, type GroupState } from 'ts-mls/clientState.js'
import type { ClientConfig } from 'ts-mls/clientConfig.js'
import { Reader, concat, u32, u8, type Bytes } from '../net/bytes'
import { Unprocessable } from './types'

const VERSION = 1

/** A commit that the server has not answered: what was sent, and the state it leads to. */
export interface PendingState {
  readonly next: ClientState
  readonly commit: Bytes
  readonly welcome: Bytes | null
}

/** `u8 version ‖ state`, and with a pending commit also `next ‖ commit ‖ welcome (may be empty)`; each `u32 length ‖ bytes`. */
export function stateEncode(state: ClientState, pending: PendingState | null): Bytes {
  const parts = [encodeGroupState(state)]
  if (pending !== null) parts.push(encodeGroupState(pending.next), pending.commit, pending.welcome ?? new Uint8Array())
  return concat(u8(VERSION), ...parts.map((part) => concat(u32(part.length), part)))
}

/** The inverse. Throws `Unprocessable('malformed')`. */
export function stateDecode(bytes: Bytes, config: ClientConfig): { state: ClientState; pending: PendingState | null } {
  try {
    const reader = new Reader(bytes)
    if (reader.u8() !== VERSION) throw new RangeError('an unknown version')
    const take = (): Bytes => reader.take(reader.u32())
    const state = groupStateDecode(take(), config)
    if (reader.left === 0) return { state, pending: null }
    const next = groupStateDecode(take(), config)
    const commit = take()
    const welcome = take()
    reader.end()
    return { state, pending: { next, commit, welcome: welcome.length === 0 ? null : welcome } }
  } catch {
    throw new Unprocessable('malformed')
  }
}

function groupStateDecode(bytes: Bytes, config: ClientConfig): ClientState {
  const decoded = decodeGroupState(bytes, 0)
  if (decoded === undefined || decoded[1] !== bytes.length) throw new RangeError('no group state')
  return { ...decoded[0], clientConfig: config }
}

/** Overwrites the secrets of one epoch. Keys of leaf and path, which the next epoch may share, stay. */
export function epochWipe(state: GroupState): void {
  wipe(state.keySchedule)
  wipe(state.secretTree)
  wipe(
    [...state.historicalReceiverData.values()].map((past) => [
      past.secretTree,
      past.senderDataSecret,
      past.resumptionPsk,
    ]),
  )
}

/** Overwrites every secret of a state. */
export function stateWipe(state: GroupState): void {
  epochWipe(state)
  wipe(state.privatePath)
  wipe(state.signaturePrivateKey)
}

/** Fills every array of bytes in a value with zeros. */
export function wipe(value: unknown): void {
  if (value instanceof Uint8Array) value.fill(0)
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(wipe)
}
