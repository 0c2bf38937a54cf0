/** What the app sees of a survivor's request. Plain data; the words are the app's. */

import type { UntrustedReason } from '../e2ee'
import type { Conversation } from './engine'
import type { TrustShown } from './trust'

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
  /**
   * Why it was refused, or is closed: a code of docs/protocol.md §8, `trust.<reason>`, `trust.no_intake`, `hotline.unknown_seat` or
   * `conversation.failed`. null: for no such reason.
   */
  readonly refusal: string | null
  readonly trust: TrustShown
  /** Why the newest trust answer was not believed; what was believed before still counts, until its own time is over. */
  readonly trustRefused: UntrustedReason | null
  /** Whether a place on this device takes everything. */
  readonly keeping: 'no' | 'yes' | 'failed'
  /** From `joining` on. One that ended stays readable until the next begins. */
  readonly conversation: Conversation | null
}
