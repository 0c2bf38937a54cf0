/** A group that is in use: what `SecureGroup` promises, kept over the library's states, which never change themselves. */

import type { ClientState } from 'ts-mls/clientState.js'
import { createCommit } from 'ts-mls/createCommit.js'
import { createApplicationMessage } from 'ts-mls/createMessage.js'
import type { CiphersuiteImpl } from 'ts-mls/crypto/ciphersuite.js'
import { encodeMlsMessage } from 'ts-mls/message.js'
import type { Proposal } from 'ts-mls/proposal.js'
import { consumeRatchet } from 'ts-mls/secretTree.js'
import { memberOf } from './identity'
import { keyPackageRead } from './keypackage'
import { receive } from './receive'
import { authService, clientConfig } from './settings'
import { epochWipe, stateEncode, stateWipe, wipe, type PendingState } from './state'
import { copied, difference, leaves, nodeOf, safetyNumber, sameLeaf, type SeatedLeaf } from './tree'
import {
  Unprocessable,
  Untrusted,
  type Bytes,
  type Clock,
  type Leaf,
  type Member,
  type MemberPolicy,
  type PendingCommit,
  type Processed,
  type SecureGroup,
  type StateStore,
  type UntrustedReason,
} from './types'

interface Parts {
  readonly state: ClientState
  readonly pending: PendingState | null
  readonly cipherSuite: CiphersuiteImpl
  readonly policy: PolicyHolder
  readonly store: StateStore
  readonly now: Clock
}

/** The policy that is valid now; the library keeps a hold on this, not on one policy. */
export class PolicyHolder {
  readonly own: Leaf
  current: MemberPolicy

  constructor(own: Leaf, policy: MemberPolicy) {
    this.own = own
    this.current = policy
  }

  get config(): ReturnType<typeof clientConfig> {
    return clientConfig(authService(this.own, () => this.current))
  }

  admit(leaf: Leaf): Promise<Member> {
    return sameLeaf(leaf, this.own) ? memberOf(leaf) : this.current.admit(leaf)
  }
}

/** One act after the other; each is stored before it counts. */
export class LiveGroup implements SecureGroup {
  readonly #cipherSuite: CiphersuiteImpl
  readonly #policy: PolicyHolder
  readonly #store: StateStore
  readonly #now: Clock
  #state: ClientState
  #waiting: PendingState | null
  #pending: PendingCommit | null = null
  #members: readonly Member[] = []
  #ended = false
  /** One act after the other: each needs the state that the one before left. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(parts: Parts) {
    this.#state = parts.state
    this.#waiting = parts.pending
    this.#cipherSuite = parts.cipherSuite
    this.#policy = parts.policy
    this.#store = parts.store
    this.#now = parts.now
  }

  static async open(parts: Parts): Promise<LiveGroup> {
    const group = new LiveGroup(parts)
    await group.#store.save(stateEncode(parts.state, parts.pending))
    group.#members = await describe(parts.state)
    if (parts.pending !== null) group.#pending = await group.#pendingCommit(parts.pending)
    return group
  }

  get groupId(): Bytes {
    return copied(this.#state.groupContext.groupId)
  }

  get epoch(): bigint {
    return this.#state.groupContext.epoch
  }

  get members(): readonly Member[] {
    return this.#members
  }

  get me(): Member {
    const own = this.#members.find((member) => sameKey(member, this.#policy.own))
    if (own === undefined) throw new Unprocessable('ended')
    return own
  }

  get pending(): PendingCommit | null {
    return this.#pending
  }

  usePolicy(policy: MemberPolicy): void {
    this.#policy.current = policy
  }

  async review(): Promise<readonly { member: Member; reason: UntrustedReason }[]> {
    const found = await Promise.all(
      leaves(this.#state).map(async (leaf) => {
        const reason = await this.#policy.admit(leaf).then(() => null, untrustedReason)
        return reason === null ? [] : [{ member: await memberOf(leaf), reason }]
      }),
    )
    return found.flat()
  }

  safetyNumber(): Promise<string> {
    return safetyNumber(leaves(this.#state))
  }

  encrypt(content: Bytes): Promise<Bytes> {
    return this.#inTurn(async () => {
      for (const leaf of leaves(this.#state)) await this.#policy.admit(leaf)
      const { newState, privateMessage, consumed } = await createApplicationMessage(
        this.#state,
        content,
        this.#cipherSuite,
      )
      await this.#move(newState, this.#waiting)
      wipe(consumed)
      return copied(encodeMlsMessage({ version: 'mls10', wireformat: 'mls_private_message', privateMessage }))
    })
  }

  process(message: Bytes): Promise<Processed> {
    return this.#inTurn(async () => {
      const before = this.#state
      const received = await receive(message, before, {
        cipherSuite: this.#cipherSuite,
        admit: (leaf) => this.#policy.admit(leaf),
        now: this.#now(),
      })
      const { processed, state } = received
      if (processed.kind === 'application') await this.#move(state, this.#waiting)
      else if (processed.removedMe) await this.#leave(state)
      else await this.#enter(state)
      wipe(received.consumed)
      return processed
    })
  }

  add(keyPackages: readonly Bytes[], removeMarks: readonly string[] = []): Promise<PendingCommit> {
    return this.#inTurn(async () => {
      const now = this.#now()
      const adds = keyPackages.map((bytes): Proposal => {
        return { proposalType: 'add', add: { keyPackage: keyPackageRead(bytes, now) } }
      })
      return this.#commit([...(await this.#removals(removeMarks)), ...adds])
    })
  }

  remove(marks: readonly string[]): Promise<PendingCommit> {
    return this.#inTurn(async () => this.#commit(await this.#removals(marks)))
  }

  update(): Promise<PendingCommit> {
    return this.#inTurn(() => this.#commit([]))
  }

  close(): void {
    this.#ended = true
    stateWipe(this.#state)
    if (this.#waiting !== null) stateWipe(this.#waiting.next)
    this.#waiting = null
    this.#pending = null
  }

  #demandOpen(): void {
    if (this.#ended) throw new Unprocessable('ended')
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => {
      this.#demandOpen()
      return act()
    })
    this.#last = turn.catch(() => {})
    return turn
  }

  async #removals(marks: readonly string[]): Promise<Proposal[]> {
    const seated = await Promise.all(
      leaves(this.#state).map(async (leaf) => ({ leaf, mark: (await memberOf(leaf)).mark })),
    )
    return marks.map((mark) => {
      const found = seated.find((one) => one.mark === mark)
      if (found === undefined || sameLeaf(found.leaf, this.#policy.own)) throw new Unprocessable('not_allowed')
      return { proposalType: 'remove', remove: { removed: found.leaf.index } }
    })
  }

  async #commit(proposals: Proposal[]): Promise<PendingCommit> {
    if (this.#waiting !== null) throw new Unprocessable('not_allowed')
    const context = { state: this.#state, cipherSuite: this.#cipherSuite }
    const options = { extraProposals: proposals, ratchetTreeExtension: true }
    const made = await createCommit(context, options).catch((error: unknown) => {
      throw error instanceof Untrusted ? error : new Unprocessable('not_allowed')
    })
    const waiting: PendingState = {
      next: forgetting(made.newState),
      commit: copied(encodeMlsMessage(made.commit)),
      welcome:
        made.welcome === undefined
          ? null
          : copied(encodeMlsMessage({ version: 'mls10', wireformat: 'mls_welcome', welcome: made.welcome })),
    }
    // The library encrypts the commit but leaves its key in the ratchet: a second try in this epoch must not use it again.
    const { privatePath, secretTree } = this.#state
    const used = await consumeRatchet(secretTree, nodeOf(privatePath.leafIndex), 'commit', this.#cipherSuite)
    await this.#move({ ...this.#state, secretTree: used.newTree }, waiting)
    wipe(used.consumed)
    this.#pending = await this.#pendingCommit(waiting)
    return this.#pending
  }

  async #pendingCommit(waiting: PendingState): Promise<PendingCommit> {
    const { added, removed } = difference(this.#state, waiting.next)
    const stillWaiting = (): void => {
      if (this.#waiting !== waiting) throw new Unprocessable('old_epoch')
    }
    return {
      commit: waiting.commit,
      welcome: waiting.welcome,
      added: await Promise.all(added.map((leaf) => memberOf(leaf))),
      removed: await Promise.all(removed.map((leaf) => memberOf(leaf))),
      accept: () =>
        this.#inTurn(async () => {
          stillWaiting()
          await this.#enter(waiting.next)
        }),
      discard: () =>
        this.#inTurn(async () => {
          if (this.#waiting !== waiting) return
          await this.#move(this.#state, null)
          this.#pending = null
          epochWipe(waiting.next)
        }),
    }
  }

  /** Out of the group: what is stored from now on holds no key of it. */
  async #leave(state: ClientState): Promise<void> {
    this.close()
    stateWipe(state)
    await this.#store.save(stateEncode(state, null))
  }

  /** Stores first: what is not stored has not happened. A state that `close()` wiped in the meantime is never stored. */
  async #move(state: ClientState, waiting: PendingState | null): Promise<void> {
    this.#demandOpen()
    await this.#store.save(stateEncode(state, waiting))
    if (this.#ended) stateWipe(state)
    this.#demandOpen()
    this.#state = state
    this.#waiting = waiting
  }

  /** A new epoch, by an own commit or another's: the old one's secrets go, and a commit that lost the race with them. */
  async #enter(state: ClientState): Promise<void> {
    const { keySchedule, secretTree } = this.#state
    const lost = this.#waiting?.next
    const next = forgetting(state)
    const members = await describe(next)
    await this.#move(next, null)
    this.#pending = null
    this.#members = members
    if (lost !== undefined && lost !== state) epochWipe(lost)
    if (next.keySchedule !== keySchedule) wipe([keySchedule, secretTree])
  }
}

/** The server orders the log by epochs, so nothing of an epoch that is over can still come: its keys need not stay. */
function forgetting(state: ClientState): ClientState {
  return { ...state, historicalReceiverData: new Map() }
}

function describe(state: ClientState): Promise<Member[]> {
  return Promise.all(
    leaves(state).map((leaf: SeatedLeaf) => memberOf({ identity: leaf.identity, signatureKey: leaf.signatureKey })),
  )
}

function sameKey(member: Member, leaf: Leaf): boolean {
  return member.signatureKey.every((byte, at) => byte === leaf.signatureKey[at])
}

function untrustedReason(error: unknown): UntrustedReason {
  if (error instanceof Untrusted) return error.reason
  throw error
}
