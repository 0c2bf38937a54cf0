/** The survivor's side: from asking for somebody to the last word, and back after the browser forgot. */

import type { Bytes } from '../net/bytes'
import type { Language, Level, Rest } from '../net/rest'
import type { Conversation, Relay } from './engine'
import type { Place } from './keeper'
import type { TrustShown, TrustWatch } from './trust'

export type Phase =
  /** Not yet with the server. */
  | 'sending'
  /** In the queue. */
  | 'waiting'
  /** An advocate took it and makes the conversation. */
  | 'claimed'
  /** The conversation is there; its keys are on their way. */
  | 'joining'
  | 'talking'
  /** Over: closed by somebody, withdrawn, or its time is over. */
  | 'closed'
  /** The server or the trust check refuses it; `refusal` says why, `retry()` tries again. */
  | 'refused'

export interface LineState {
  readonly phase: Phase
  /** Whether anybody is on shift, as the server says. */
  readonly onShift: boolean
  /** People who will be answered first. */
  readonly ahead: number
  /** How often the request went back to the queue during this visit: the advocate was lost. */
  readonly reopened: number
  /** Whether the server answered last time. */
  readonly reachable: boolean
  /** A code of docs/protocol.md §8, `trust.<reason>` or `trust.no_intake`; null unless something was refused. */
  readonly refusal: string | null
  readonly trust: TrustShown
  /** From `joining` on. One that ended stays readable until the next begins. */
  readonly conversation: Conversation | null
}

/** What the person chose to say. */
export interface Ask {
  readonly language: Language
  readonly level: Level
  readonly topics: readonly string[]
  readonly region: string
  /** May be empty; at most `ASK_TEXT_LIMIT` bytes, see `askTextRoom`. */
  readonly text: string
}

export type LineCalls = Pick<
  Rest,
  | 'trust'
  | 'helpRequestMake'
  | 'helpRequestStatus'
  | 'helpRequestReplace'
  | 'helpRequestWithdraw'
  | 'returnPlaceSave'
  | 'returnPlaceOpen'
  | 'returnPlaceErase'
>

export interface LineParts {
  readonly rest: LineCalls
  readonly relay: Relay
}

/** What return words open, around the functions of e2ee/words.ts (which load only when somebody asks for words). */
export interface ReturnKeys {
  readonly id: Bytes
  readonly token: Bytes
  /** A sealed place of 4096 bytes. */
  seal(content: Bytes): Promise<Bytes>
  open(sealed: Bytes): Promise<Bytes>
}

/** A Svelte store of `LineState`. */
export declare class SurvivorLine {
  /** Asks at once; everything that follows shows in the state. `trust` was opened before, so that people see whom they ask. */
  static ask(parts: LineParts & { readonly trust: TrustWatch }, ask: Ask): SurvivorLine
  /** Comes back by return words. Throws `ApiError` (`request.not_found`: no such words), what `keys.open` throws, `ShapeError`, `TrustRefused`. */
  static back(parts: LineParts, keys: ReturnKeys): Promise<SurvivorLine>
  /** Comes back from a sealed place on this device, and goes on keeping there. Throws `ShapeError`, `TrustRefused`, `ApiError`. */
  static resume(parts: LineParts, kept: { readonly content: Bytes; readonly place: Place }): Promise<SurvivorLine>

  get state(): LineState
  subscribe(run: (state: LineState) => void): () => void
  /** After `refused`: tries again. */
  retry(): void
  /** The network is back, or the page is shown again. */
  wake(): void
  /** From now on return words open the way back; the place is renewed by itself when something changes. Throws `ApiError`. */
  keepReturn(keys: ReturnKeys): Promise<void>
  /** Keeps everything in a sealed place on this device from now on, or (null) not any more. */
  keepIn(place: Place | null): Promise<void>
  /** Takes the request back, ends the conversation and erases the return place. Throws `ApiError` where the server did not hear it. */
  withdraw(): Promise<void>
  /** Forgets everything here at once, without waiting for a network: for the quick exit. */
  destroy(): void
}

/** Bytes of UTF-8, as JSON escapes them: what fits a return place beside everything else. */
export const ASK_TEXT_LIMIT = 2_000

/** How many bytes of text are left; below zero: too long. */
export function askTextRoom(text: string): number {
  return ASK_TEXT_LIMIT - (new TextEncoder().encode(JSON.stringify(text)).length - 2)
}
