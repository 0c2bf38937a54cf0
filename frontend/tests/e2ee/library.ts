/** ts-mls as it comes, or set in part: what somebody else's client may do, and what ours would do without its settings. */

import {
  createApplicationMessage,
  createCommit,
  createGroup,
  defaultAuthenticationService,
  defaultCapabilities,
  defaultKeyPackageEqualityConfig,
  defaultKeyRetentionConfig,
  defaultLifetime,
  defaultLifetimeConfig,
  defaultPaddingConfig,
  emptyPskIndex,
  encodeMlsMessage,
  generateKeyPackage,
  joinGroup,
  processPrivateMessage,
  type Capabilities,
  type ClientConfig,
  type ClientState,
  type CreateCommitOptions,
  type KeyPackage,
  type Lifetime,
  type PrivateKeyPackage,
  type Proposal,
} from 'ts-mls'
import { decodeMlsMessage, type MLSMessage } from 'ts-mls/message.js'
import { pseudonymIdentity } from '../../src/e2ee/identity'
import { suite } from '../../src/e2ee/provider'
import { CAPABILITIES, lifetimeFrom } from '../../src/e2ee/settings'
import type { Bytes } from '../../src/net/bytes'
import { NOW } from './cast'

/** What ts-mls takes where nothing is said. */
export const DEFAULTS: ClientConfig = {
  keyRetentionConfig: defaultKeyRetentionConfig,
  lifetimeConfig: defaultLifetimeConfig,
  keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
  paddingConfig: defaultPaddingConfig,
  authService: defaultAuthenticationService,
}

export interface Raw {
  readonly publicPackage: KeyPackage
  readonly privatePackage: PrivateKeyPackage
  readonly message: Bytes
}

export async function rawKeyPackage(
  o: { identity?: Bytes; lifetime?: Lifetime; capabilities?: Capabilities } = {},
): Promise<Raw> {
  const credential = { credentialType: 'basic', identity: o.identity ?? pseudonymIdentity() } as const
  const lifetime = o.lifetime ?? lifetimeFrom(NOW)
  const made = await generateKeyPackage(credential, o.capabilities ?? CAPABILITIES, lifetime, [], await suite())
  const { publicPackage: keyPackage } = made
  return {
    ...made,
    message: encodeMlsMessage({ version: 'mls10', wireformat: 'mls_key_package', keyPackage }) as Bytes,
  }
}

/** A key package as the library's own examples make it. */
export function carelessKeyPackage(): Promise<Raw> {
  return rawKeyPackage({ lifetime: defaultLifetime, capabilities: defaultCapabilities() })
}

export async function rawGroup(me: Raw, config: ClientConfig = DEFAULTS): Promise<ClientState> {
  const id = crypto.getRandomValues(new Uint8Array(16))
  return createGroup(id, me.publicPackage, structuredClone(me.privatePackage), [], await suite(), config)
}

export function adding(...packages: readonly KeyPackage[]): Proposal[] {
  return packages.map((keyPackage) => ({ proposalType: 'add', add: { keyPackage } }))
}

export async function rawCommit(
  state: ClientState,
  extraProposals: Proposal[],
  options: CreateCommitOptions = { ratchetTreeExtension: true },
): Promise<{ state: ClientState; commit: Bytes; welcome: Bytes | null }> {
  const made = await createCommit({ state, cipherSuite: await suite() }, { ...options, extraProposals })
  const { welcome } = made
  return {
    state: made.newState,
    commit: encodeMlsMessage(made.commit) as Bytes,
    welcome:
      welcome === undefined
        ? null
        : (encodeMlsMessage({ version: 'mls10', wireformat: 'mls_welcome', welcome }) as Bytes),
  }
}

export async function rawJoin(welcome: Bytes, me: Raw, config: ClientConfig = DEFAULTS): Promise<ClientState> {
  const message = decoded(welcome)
  if (message.wireformat !== 'mls_welcome') throw new Error('not a Welcome')
  return joinGroup(
    message.welcome,
    me.publicPackage,
    structuredClone(me.privatePackage),
    emptyPskIndex,
    await suite(),
    undefined,
    undefined,
    config,
  )
}

export async function rawSay(state: ClientState, content: Bytes): Promise<{ state: ClientState; message: Bytes }> {
  const { newState, privateMessage } = await createApplicationMessage(state, content, await suite())
  const message = encodeMlsMessage({ version: 'mls10', wireformat: 'mls_private_message', privateMessage }) as Bytes
  return { state: newState, message }
}

export async function rawHear(state: ClientState, message: Bytes) {
  const read = decoded(message)
  if (read.wireformat !== 'mls_private_message') throw new Error('not a private message')
  return processPrivateMessage(state, read.privateMessage, emptyPskIndex, await suite())
}

export function decoded(message: Bytes): MLSMessage {
  const [read] = decodeMlsMessage(message, 0) ?? []
  if (read === undefined) throw new Error('not an MLS message')
  return read
}

/** Two members of one group, both with this configuration. */
export async function rawPair(config: ClientConfig): Promise<{ alice: ClientState; bob: ClientState }> {
  const [a, b] = [await rawKeyPackage(), await rawKeyPackage()]
  const { state: alice, welcome } = await rawCommit(await rawGroup(a, config), adding(b.publicPackage))
  return { alice, bob: await rawJoin(welcome!, b, config) }
}
