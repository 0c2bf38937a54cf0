/** What a conversation is made of. */

import type { OwnKeyPackage, SecureGroup } from '../e2ee/types'
import type { Bytes } from '../net/bytes'
import type { Time } from '../net/time'
import type { OpenTransport } from '../net/transport'
import type { Keeper, Place } from './keeper'
import type { Parts } from './session'
import type { Snapshot } from './snapshot'

/** The ways to the relay, and the clock: `browserRelay()`, or a test's. */
export interface Relay {
  readonly socket: OpenTransport
  readonly exchange: OpenTransport | null
  readonly time: Time
  random(): number
}

export interface ConversationOptions {
  readonly relay: Relay
  readonly token: Bytes
  readonly parts: Parts
  /** Seconds, until somebody sets another. */
  readonly timer: number
  /** Whether to say the timer to whoever comes: one side does. */
  readonly tellTimer: boolean
  /** Milliseconds: nothing of this conversation is older. */
  readonly since: number
  /** Key packages that the Welcome may answer. */
  readonly joinWith?: readonly OwnKeyPackage[]
  /** This client was a member and has forgotten everything: it asks to be taken in again, with a counter above this one. */
  readonly returning?: { readonly counter: number } | null
  /** A sealed place on the device; without it everything stays in memory. */
  readonly place?: Place | null
  /** What was kept there, and the group restored from `kept.group` with `keeper` as its store. */
  readonly kept?: { readonly snapshot: Snapshot; readonly keeper: Keeper; readonly group: SecureGroup | null }
}
