/** A conversation to its snapshot and back. */

import type { SecureGroup } from '../e2ee/types'
import type { Bytes } from '../net/bytes'
import { Counters } from './counters'
import type { LogLink } from './log_link'
import type { Outbox } from './outbox'
import type { Rejoin } from './rejoin'
import type { Session } from './session'
import { RESTORED_GENERATION } from './snapshot'
import type { Snapshot } from './snapshot'
import type { Updates } from './updates'

interface Whole {
  readonly session: Session
  readonly outbox: Outbox
  readonly updates: Updates
  readonly rejoin: Rejoin
}

export function snapshotOf(whole: Whole & { readonly log: LogLink }, group: Bytes | null): Snapshot {
  const { session, log, outbox, updates, rejoin } = whole
  return {
    group,
    joined: session.generation > 0,
    cursor: log.cursor,
    epoch: session.epoch,
    timer: session.timer,
    aliveAt: log.aliveAt,
    rejoinCounter: rejoin.counter,
    counters: session.counters.toKept(),
    absences: session.absences.toKept(),
    updates: updates.toKept(),
    messages: session.messages.entries,
    seenIds: session.messages.seenIds,
    outgoing: outbox.waiting,
  }
}

/** `group` was restored from the snapshot's own; where the log stands is not restored here. */
export function snapshotRestore(
  { session, outbox, updates, rejoin }: Whole,
  snapshot: Snapshot,
  group: SecureGroup | null,
): void {
  session.keeper.restore(snapshot.group)
  session.group = group
  session.generation = snapshot.joined ? RESTORED_GENERATION : 0
  session.epoch = snapshot.epoch
  session.timer = snapshot.timer
  session.counters = Counters.fromKept(snapshot.counters)
  session.absences.restore(snapshot.absences)
  session.messages.restore(snapshot.messages, snapshot.seenIds)
  rejoin.counter = snapshot.rejoinCounter
  updates.restore(snapshot.updates)
  outbox.restore(snapshot.outgoing)
}
