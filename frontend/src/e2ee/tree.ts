/** Reading the ratchet tree: who sits where, and what a commit changed. */

import type { ClientState } from 'ts-mls/clientState.js'
import type { IncomingMessageCallback } from 'ts-mls/incomingMessageAction.js'
import { leafToNodeIndex, toLeafIndex } from 'ts-mls/treemath.js'
import { b64Encode, concat, sameBytes, u16, type Bytes } from '../net/bytes'
import { bytesCompare } from './signed'
import { keyPackageCheck, leafOf } from './keypackage'
import { Untrusted, type Leaf } from './types'

export interface SeatedLeaf extends Leaf {
  readonly index: number
}

/** The leaf at an index, or null where nobody sits. */
export function leafAt(state: ClientState, index: number): SeatedLeaf | null {
  const node = state.ratchetTree[nodeOf(index)]
  return node?.nodeType === 'leaf' ? { index, ...leafOf(node.leaf) } : null
}

export function leaves(state: ClientState): SeatedLeaf[] {
  const count = Math.ceil(state.ratchetTree.length / 2)
  return Array.from({ length: count }, (_, index) => leafAt(state, index)).filter((leaf) => leaf !== null)
}

export function nodeOf(leafIndex: number): number {
  return leafToNodeIndex(toLeafIndex(leafIndex))
}

/** Who came and who went between two states. */
export function difference(before: ClientState, after: ClientState): { added: SeatedLeaf[]; removed: SeatedLeaf[] } {
  const old = new Map(leaves(before).map((leaf) => [leafName(leaf), leaf]))
  const now = new Map(leaves(after).map((leaf) => [leafName(leaf), leaf]))
  return {
    added: [...now].filter(([name]) => !old.has(name)).map(([, leaf]) => leaf),
    removed: [...old].filter(([name]) => !now.has(name)).map(([, leaf]) => leaf),
  }
}

function leafName(leaf: Leaf): string {
  return `${b64Encode(leaf.signatureKey)}.${b64Encode(leaf.identity)}`
}

export interface CommitSeen {
  added: Leaf[]
  removed: number[]
  /** Why the commit is refused. */
  refused: 'not_allowed' | Untrusted | null
}

/**
 * Replaces `acceptAll`. A commit may add by key packages that are valid now, remove, or refresh its sender's keys; nothing else:
 * no PSK, no extensions (an external sender among them), no re-initialisation, no proposal by reference or by itself.
 * The credentials were checked by the authentication service before this is called.
 */
export function commitInspector(now: number): { seen: CommitSeen; callback: IncomingMessageCallback } {
  const seen: CommitSeen = { added: [], removed: [], refused: null }
  const callback: IncomingMessageCallback = (incoming) => {
    if (incoming.kind === 'proposal' || incoming.senderLeafIndex === undefined) return refuse(seen, 'not_allowed')
    for (const { proposal } of incoming.proposals) {
      if (proposal.proposalType === 'remove') seen.removed.push(proposal.remove.removed)
      else if (proposal.proposalType !== 'add') return refuse(seen, 'not_allowed')
      else {
        try {
          keyPackageCheck(proposal.add.keyPackage, now)
          seen.added.push(leafOf(proposal.add.keyPackage))
        } catch (error) {
          return refuse(seen, error instanceof Untrusted ? error : 'not_allowed')
        }
      }
    }
    return 'accept'
  }
  return { seen, callback }
}

function refuse(seen: CommitSeen, why: CommitSeen['refused']): 'reject' {
  seen.refused = why
  return 'reject'
}

/** Throws `Untrusted('content')` unless the leaves changed exactly as the proposals said: nobody turns into somebody else. */
export function changeCheck(seen: CommitSeen, before: ClientState, after: ClientState): void {
  const kept = leaves(before).filter((leaf) => !seen.removed.includes(leaf.index))
  const expected = [...kept, ...seen.added].map(leafName).sort()
  const found = leaves(after).map(leafName).sort()
  if (expected.length !== found.length || expected.some((name, at) => name !== found[at]))
    throw new Untrusted('content')
}

/**
 * Twelve groups of five digits from the sorted (identity, signature key) pairs. An equal exporter would only prove the same group;
 * this proves the same people with the same keys.
 */
export async function safetyNumber(members: readonly Leaf[]): Promise<string> {
  const pairs = members
    .map(({ identity, signatureKey }) => concat(u16(identity.length), identity, signatureKey))
    .sort(bytesCompare)
  const input = concat(new TextEncoder().encode('quietline safety number v1\0'), ...pairs)
  const digest = new DataView(await crypto.subtle.digest('SHA-512', input))
  const group = (at: number): string => {
    const value = digest.getUint8(at) * 2 ** 32 + digest.getUint32(at + 1)
    return String(value % 100_000).padStart(5, '0')
  }
  return Array.from({ length: 12 }, (_, index) => group(index * 5)).join(' ')
}

export function sameLeaf(a: Leaf, b: Leaf): boolean {
  return sameBytes(a.identity, b.identity) && sameBytes(a.signatureKey, b.signatureKey)
}

/** A copy that shares nothing with the library's buffers. */
export function copied(bytes: Uint8Array): Bytes {
  return Uint8Array.from(bytes)
}
