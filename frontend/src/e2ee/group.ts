/** How a conversation's MLS group begins here: made, joined or restored. What the library would accept by default is decided in settings.ts. */

import { createGroup as mlsCreate, joinGroup as mlsJoin, type ClientState } from 'ts-mls/clientState.js'
import { emptyPskIndex } from 'ts-mls/pskIndex.js'
import { randomBytes } from '../net/bytes'
import { KeyPackageKeys, decodeOrNothing, keyPackageFor, systemClock } from './keypackage'
import { LiveGroup, PolicyHolder } from './live_group'
import { suite } from './provider'
import { clientConfig } from './settings'
import { stateDecode, stateWipe, wipe } from './state'
import { leafAt } from './tree'
import {
  Unprocessable,
  Untrusted,
  type CreateGroup,
  type JoinGroup,
  type RestoreGroup,
  type SecureGroup,
  type StateStore,
} from './types'

const GROUP_ID_BYTES = 16
const MEMORY_ONLY: StateStore = { save: async () => {} }

/** A new group with a random id and this device as its only member. */
export async function createGroup(o: CreateGroup): Promise<SecureGroup> {
  const now = o.now ?? systemClock
  const keyPackage = (await keyPackageFor(o.me, now)) as KeyPackageKeys
  const policy = new PolicyHolder(o.me, o.policy)
  const cipherSuite = await suite()
  const { publicPackage, privatePackage } = keyPackage
  const id = randomBytes(GROUP_ID_BYTES)
  // The state shares arrays with what it is given; a copy lets the original be overwritten.
  const keys = structuredClone(privatePackage)
  const state = await mlsCreate(id, publicPackage, keys, [], cipherSuite, policy.config)
  keys.initPrivateKey.fill(0)
  keyPackage.wipe()
  return LiveGroup.open({ state, pending: null, cipherSuite, policy, store: o.store ?? MEMORY_ONLY, now })
}

/**
 * Joins by a Welcome. Every leaf of the tree passes the policy first. The key package's private keys are overwritten once the new
 * state is stored. Throws `Unprocessable`: `ghost` where somebody sits there who may not.
 */
export async function joinGroup(o: JoinGroup): Promise<SecureGroup> {
  if (!(o.keyPackage instanceof KeyPackageKeys)) throw new Unprocessable('malformed')
  const { publicPackage, privatePackage } = o.keyPackage
  const [message, size] = decodeOrNothing(o.welcome)
  if (message?.wireformat !== 'mls_welcome' || size !== o.welcome.length) throw new Unprocessable('malformed')
  const policy = new PolicyHolder(o.keyPackage, o.policy)
  const cipherSuite = await suite()
  const keys = structuredClone(privatePackage)
  const state = await mlsJoin(
    message.welcome,
    publicPackage,
    keys,
    emptyPskIndex,
    cipherSuite,
    undefined,
    undefined,
    policy.config,
  ).catch((error: unknown) => {
    wipe(keys)
    throw joinRefusal(error)
  })
  keys.initPrivateKey.fill(0)
  if (state.groupContext.extensions.length > 0) {
    stateWipe(state)
    throw new Unprocessable('not_allowed')
  }
  const group = await LiveGroup.open({
    state,
    pending: null,
    cipherSuite,
    policy,
    store: o.store ?? MEMORY_ONLY,
    now: o.now ?? systemClock,
  })
  o.keyPackage.wipe()
  return group
}

/** The last state that was saved, from the sealed container. Never an older one: a ratchet must not roll back. */
export async function restoreGroup(o: RestoreGroup): Promise<SecureGroup> {
  const placeholder = clientConfig({ validateCredential: async () => false })
  const { state, pending } = stateDecode(o.state, placeholder)
  const own = leafAt(state, state.privatePath.leafIndex)
  if (own === null) throw new Unprocessable('ended')
  const policy = new PolicyHolder(own, o.policy)
  const configured = (one: ClientState): ClientState => ({ ...one, clientConfig: policy.config })
  const parts = { cipherSuite: await suite(), policy, store: o.store, now: o.now ?? systemClock }
  const waiting = pending === null ? null : { ...pending, next: configured(pending.next) }
  return LiveGroup.open({ ...parts, state: configured(state), pending: waiting })
}

function joinRefusal(error: unknown): Unprocessable {
  return error instanceof Untrusted ? new Unprocessable('ghost', error.reason) : new Unprocessable('undecryptable')
}
