/** What the app and the console see of a conversation. Everything here is plain data; the words are theirs. */

import type { Member, UntrustedReason } from '../e2ee/types'

export type MessageState =
  /** Not yet kept by the server. */
  | 'sending'
  /** The server has written it to disk. */
  | 'stored'
  /** A device of another member has opened it. */
  | 'seen'
  /** Nobody has opened it for a while: the others may be away, or somebody holds it back. It can still become `seen`. */
  | 'not_confirmed'
  /** The server refuses it for good; `refusal` says why. */
  | 'refused'

export interface Message {
  readonly id: string
  readonly mine: boolean
  /** Mark of the sender's leaf. */
  readonly from: string
  readonly text: string
  /** Milliseconds: when it was sent (mine) or received (theirs). */
  readonly at: number
  readonly readAt: number | null
  /** Seconds. */
  readonly timer: number
  /** View once: gone as soon as the person closes it. */
  readonly once: boolean
  /** Milliseconds: when it disappears from this screen; null while it waits to be read. */
  readonly goneAt: number | null
  readonly state: MessageState
  readonly refusal?: string
}

/** Why messages are missing. */
export type MissingCause =
  /** They lay longer than the server keeps what nobody fetched. */
  | 'expired'
  /** A member erased them. */
  | 'burned'
  /** Neither: somebody on the way held them back or erased them too early. */
  | 'withheld'

export type NoticeBody =
  | { kind: 'joined'; member: Member }
  | { kind: 'left'; member: Member }
  | { kind: 'missing'; from: string; count: number; cause: MissingCause }
  /** Something came that no member sent so: a repetition, a forgery, or a message for a state that is over. */
  | { kind: 'unreadable' }
  /** The server broke its own promise about order. */
  | { kind: 'order_broken'; how: 'skipped' | 'repeated' | 'rolled_back' }
  | { kind: 'not_confirmed'; message: string }
  | { kind: 'timer_changed'; by: string; mine: boolean; seconds: number }
  | { kind: 'burned'; by: string; mine: boolean }
  | { kind: 'closed'; by: string; mine: boolean }
  /** A member knows a newer revocation list than the one that this client was given. */
  | { kind: 'newer_list'; theirs: number; mine: number | null }
  /** A member is not certified any more, or the revocation list is too old to tell; nothing is sent. */
  | { kind: 'untrusted'; reason: UntrustedReason }
  /** A change of the group was refused; nothing is sent until the conversation restarts. `stranger`: somebody uncertified would have joined. */
  | { kind: 'change_refused'; reason: 'stranger' | 'unreadable' }
  /** A member came back with new keys, after its browser forgot the old ones. */
  | { kind: 'rejoined'; member: Member }
  /** The group began again under a new id. */
  | { kind: 'restarted' }
  /** This seat was ended by the server or its owner. */
  | { kind: 'ended' }
  /** This client was removed from the group. */
  | { kind: 'removed' }
  /** The place on this device takes nothing more: nothing is sent or read until `keepIn` finds another, or none. */
  | { kind: 'not_kept' }

export type Notice = NoticeBody & {
  /** Counts up within this visit. */
  readonly number: number
  readonly at: number
}

export type Connection =
  | 'connecting'
  | 'online'
  | 'offline'
  /** Connected, but not (or not any more) a member: the Welcome has not come yet. */
  | 'joining'
  /** A change of the group was refused; `rejoin()` starts again. */
  | 'broken'
  /** The place on this device takes nothing more; `keepIn` goes on. */
  | 'not_kept'
  | 'ended'

export interface ConversationState {
  readonly connection: Connection
  readonly members: readonly Member[]
  /** Own mark; empty while joining. */
  readonly me: string
  readonly messages: readonly Message[]
  readonly notices: readonly Notice[]
  /** Seconds, for what is sent from now on. */
  readonly timer: number
  /** To be compared aloud or by another way; null while joining. */
  readonly safetyNumber: string | null
}

/** A Svelte store, and what a person can do. Every method resolves when the act is settled; refusals show in the state. */
export interface ConversationView {
  readonly state: ConversationState
  subscribe(run: (state: ConversationState) => void): () => void
  /** Queues a text and returns its id at once. Throws `TextRefused` for empty or too long text, or where the conversation is over. */
  sendText(text: string, options?: { once?: boolean }): string
  /** Seconds, 300 … 604800. */
  setTimer(seconds: number): void
  /** The person has seen it: its timer starts. */
  markRead(id: string): void
  /** The person closed a view-once message: it is gone. */
  closeOnce(id: string): void
  /** Erases every message so far on every screen and at the server. */
  burn(): void
  /** Ends the conversation for everybody. */
  close(): Promise<void>
  /** Asks the other members to take this client in again with new keys. */
  rejoin(): Promise<void>
  /** Forgets everything here at once, without waiting for a network: for the quick exit. */
  destroy(): void
}

export const TIMER_MIN = 300
export const TIMER_MAX = 604_800
export const TEXT_LIMIT = 8_000
