/** What one message of the log does to a group, without doing it: the new state is returned, the old one stays untouched. */

import type { ClientState } from 'ts-mls/clientState.js'
import type { CiphersuiteImpl } from 'ts-mls/crypto/ciphersuite.js'
import { decryptSenderData, type PrivateMessage } from 'ts-mls/privateMessage.js'
import { processPrivateMessage, type ProcessMessageResult } from 'ts-mls/processMessages.js'
import { emptyPskIndex } from 'ts-mls/pskIndex.js'
import { sameBytes } from '../net/bytes'
import { memberOf } from './identity'
import { decodeOrNothing } from './keypackage'
import { KEY_RETENTION } from './settings'
import { changeCheck, commitInspector, copied, leafAt, nodeOf, type CommitSeen } from './tree'
import { Unprocessable, Untrusted, type Bytes, type Leaf, type Member, type Processed } from './types'

interface Receiver {
  readonly cipherSuite: CiphersuiteImpl
  readonly admit: (leaf: Leaf) => Promise<Member>
  readonly now: number
}

interface Received {
  readonly processed: Processed
  readonly state: ClientState
  /** Keys that were used, to be overwritten once the new state is stored. */
  readonly consumed: Uint8Array[]
}

/** Throws `Unprocessable` with its reason. */
export async function receive(message: Bytes, state: ClientState, receiver: Receiver): Promise<Received> {
  const sealed = privateMessageRead(message, state)
  const { sender, skipped } = await senderOf(sealed, state, receiver)
  const inspector = commitInspector(receiver.now)
  const result = await processPrivateMessage(
    state,
    sealed,
    emptyPskIndex,
    receiver.cipherSuite,
    inspector.callback,
  ).catch((error: unknown) => {
    if (error instanceof Untrusted) throw new Unprocessable('ghost', error.reason)
    throw new Unprocessable('undecryptable')
  })
  if (result.kind === 'applicationMessage') {
    const processed: Processed = { kind: 'application', sender, content: copied(result.message), skipped }
    return { processed, state: result.newState, consumed: [...result.consumed, result.message] }
  }
  return commitRead(result, inspector.seen, state, sender)
}

function privateMessageRead(message: Bytes, state: ClientState): PrivateMessage {
  const [decoded, size] = decodeOrNothing(message)
  if (decoded?.wireformat !== 'mls_private_message' || size !== message.length) throw new Unprocessable('malformed')
  const sealed = decoded.privateMessage
  const { groupId, epoch } = state.groupContext
  if (!sameBytes(sealed.groupId, groupId)) throw new Unprocessable('wrong_group')
  if (sealed.epoch < epoch) throw new Unprocessable('old_epoch')
  if (sealed.epoch > epoch) throw new Unprocessable('future_epoch')
  if (sealed.contentType === 'proposal') throw new Unprocessable('not_allowed')
  return sealed
}

/** Who sent it, as the policy sees them now, and how many of their messages never came. */
async function senderOf(
  sealed: PrivateMessage,
  state: ClientState,
  receiver: Receiver,
): Promise<{ sender: Member; skipped: number }> {
  const secret = state.keySchedule.senderDataSecret
  const data = await decryptSenderData(sealed, secret, receiver.cipherSuite).catch(() => undefined)
  const leaf = data === undefined ? null : leafAt(state, data.leafIndex)
  if (data === undefined || leaf === null) throw new Unprocessable('undecryptable')
  const sender = await receiver.admit(leaf).catch((error: unknown) => {
    if (error instanceof Untrusted) throw new Unprocessable('untrusted', error.reason)
    throw error
  })
  const node = state.secretTree[nodeOf(data.leafIndex)]
  const ratchet = sealed.contentType === 'application' ? node?.application : node?.handshake
  const skipped = data.generation - (ratchet?.generation ?? 0)
  if (skipped < 0) throw new Unprocessable('replay')
  if (skipped > KEY_RETENTION.maximumForwardRatchetSteps) throw new Unprocessable('gap')
  return { sender, skipped }
}

async function commitRead(
  result: Extract<ProcessMessageResult, { kind: 'newState' }>,
  seen: CommitSeen,
  before: ClientState,
  by: Member,
): Promise<Received> {
  if (seen.refused instanceof Untrusted) throw new Unprocessable('ghost', seen.refused.reason)
  if (seen.refused !== null || result.actionTaken === 'reject') throw new Unprocessable('not_allowed')
  try {
    changeCheck(seen, before, result.newState)
  } catch {
    throw new Unprocessable('ghost', 'content')
  }
  const removed = seen.removed.map((index) => leafAt(before, index)).filter((leaf) => leaf !== null)
  const processed: Processed = {
    kind: 'commit',
    by,
    added: await Promise.all(seen.added.map((leaf) => memberOf(leaf))),
    removed: await Promise.all(removed.map((leaf) => memberOf(leaf))),
    removedMe: result.newState.groupActiveState.kind === 'removedFromGroup',
  }
  return { processed, state: result.newState, consumed: result.consumed }
}
