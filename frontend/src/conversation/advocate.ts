/** The advocate's side: claim a request, check its note, make the conversation, and end it in one way or another. */

import type { Trust } from '../e2ee'
import type { DeviceKeys } from '../e2ee/staff'
import type { Bytes } from '../net/bytes'
import type { Level } from '../net/rest'
import type { Conversation, Relay } from './engine'

export type ReturnReason = 'note_mismatch' | 'lost' | 'mistake'

/** The calls of docs/protocol.md §9 that are used here; console/staff.ts has them. */
export interface ClaimCalls {
  claim(
    id: string,
    device: string,
    owner: string,
  ): Promise<{
    id: string
    note: string
    intake_key: string
    package: string
    seat: string
    language: string
    level: Level
  }>
  talking(id: string): Promise<unknown>
  giveBack(id: string, reason: ReturnReason): Promise<unknown>
  close(id: string): Promise<unknown>
}

export interface ClaimOptions {
  readonly calls: ClaimCalls
  readonly relay: Relay
  /** b64 id of the request, as the queue's card has it. */
  readonly request: string
  /** What `verifyTrust` made of the newest trust answer; asked again whenever it matters. */
  readonly trust: () => Trust
  readonly device: DeviceKeys
  /** The own chain: both certificates as signed. */
  readonly certificates: { readonly signing: Bytes; readonly device: Bytes }
  /** The private half of an intake key (b64 key id), or null where this device has none. */
  readonly intakeKey: (keyId: string) => Promise<Bytes | null>
  /** Seconds, until somebody sets another. */
  readonly timer: number
}

/** The request was claimed but cannot be answered here; it was given back. */
export declare class ClaimRefused extends Error {
  readonly code:
    /** The note was not made for these key packages: somebody exchanged something. */
    | 'hotline.note_mismatch'
    /** This device does not have the key that the note is sealed to. */
    | 'console.no_intake_key'
    /** The conversation could not be opened. */
    | 'console.not_opened'
}

export declare class AdvocateTalk {
  /** Throws `ClaimRefused`, `ApiError` (`hotline.already_claimed` …), `Untrusted`. */
  static claim(options: ClaimOptions): Promise<AdvocateTalk>

  /** b64 id of the request. */
  readonly id: string
  /** What the person wrote while waiting; may be empty. */
  readonly note: { readonly text: string; readonly language: string }
  readonly level: Level
  readonly conversation: Conversation

  /** To be called when `trust()` gives something newer. */
  trustChanged(): Promise<void>
  wake(): void
  /** Lets the person wait again for somebody else. */
  giveBack(reason: ReturnReason): Promise<void>
  /** Ends the conversation for both. */
  close(): Promise<void>
  /** Forgets everything here at once; nobody is told. */
  destroy(): void
}
