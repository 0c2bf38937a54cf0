/** Each setting of ts-mls that we change: what ours does, and that the library's default does otherwise. */

import {
  acceptAll,
  createGroupInfoWithExternalPubAndRatchetTree,
  decodeGroupState,
  defaultCapabilities,
  defaultKeyRetentionConfig,
  emptyPskIndex,
  encodeGroupState,
  encodeMlsMessage,
  joinGroupExternal,
  joinGroupWithExtensions,
  processMessage,
  type ClientConfig,
  type ClientState,
  type KeyRetentionConfig,
} from 'ts-mls'
import { ratchetUntil } from 'ts-mls/secretTree.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createGroup, joinGroup } from '../../src/e2ee/group'
import { KeyPackageKeys, keyPackageFor, keyPackageRead, leafOf, pseudonymKeyPackage } from '../../src/e2ee/keypackage'
import { suite } from '../../src/e2ee/provider'
import {
  CAPABILITIES,
  KEY_PACKAGE_LIFETIME,
  KEY_PACKAGE_LIFETIME_MAX,
  KEY_RETENTION,
  clientConfig,
  lifetimeCheck,
} from '../../src/e2ee/settings'
import { stateDecode, stateEncode } from '../../src/e2ee/state'
import { nodeOf } from '../../src/e2ee/tree'
import { Unprocessable, Untrusted } from '../../src/e2ee/types'
import type { Bytes } from '../../src/net/bytes'
import { BUCKETS, pad } from '../../src/net/padding'
import { DAY, NOW, Organisation, Shelf, bytes, now, talk, text } from './cast'
import {
  DEFAULTS,
  adding,
  carelessKeyPackage,
  decoded,
  rawCommit,
  rawGroup,
  rawHear,
  rawJoin,
  rawKeyPackage,
  rawPair,
  rawSay,
} from './library'

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 }))
afterAll(() => void vi.useRealTimers())

const OURS = clientConfig({ validateCredential: async () => true })
const withRetention = (retention: Partial<KeyRetentionConfig>): ClientConfig => ({
  ...OURS,
  keyRetentionConfig: { ...OURS.keyRetentionConfig, ...retention },
})
const read = (stored: Bytes): ClientState => stateDecode(stored, OURS).state

/** Keys of messages that were skipped and are still held. */
function skippedKeys(state: ClientState): Uint8Array[] {
  return state.secretTree.flatMap(({ application, handshake }) => [
    ...Object.values(application.unusedGenerations),
    ...Object.values(handshake.unusedGenerations),
  ])
}

/** Messages 0 to 5 of one sender, of which only the last one is delivered. */
async function withheld(config: ClientConfig): Promise<{ thief: ClientState; messages: Bytes[] }> {
  let { alice, bob } = await rawPair(config)
  const messages: Bytes[] = []
  for (let n = 0; n < 6; n++) {
    const said = await rawSay(alice, bytes(`secret ${n}`))
    alice = said.state
    messages.push(said.message)
  }
  const heard = await rawHear(bob, messages[5]!)
  bob = heard.newState
  return { thief: bob, messages }
}

describe('retainKeysForGenerations: 0', () => {
  it('leaves nothing to whoever steals the state after the server withheld messages; the default leaves all of them', async () => {
    const ours = await withheld(OURS)
    expect(skippedKeys(ours.thief)).toEqual([])
    for (const message of ours.messages) await expect(rawHear(ours.thief, message)).rejects.toThrow()

    const theirs = await withheld(
      withRetention({ retainKeysForGenerations: defaultKeyRetentionConfig.retainKeysForGenerations }),
    )
    expect(skippedKeys(theirs.thief)).toHaveLength(5)
    for (const [n, message] of theirs.messages.slice(0, 5).entries()) {
      const heard = await rawHear(theirs.thief, message)
      expect(heard.kind === 'applicationMessage' && text(heard.message)).toBe(`secret ${n}`)
    }
  })

  it('holds in what a conversation stores', async () => {
    const { advocate, survivor, shelves } = await talk()
    for (let n = 0; n < 5; n++) await advocate.encrypt(bytes('withheld'))
    await survivor.process(await advocate.encrypt(bytes('delivered')))
    expect(skippedKeys(read(shelves.survivor.last))).toEqual([])
  })
})

describe('retainKeysForEpochs: 1, and the one that it leaves is dropped', () => {
  const rounds = 6

  async function epochsHeld(config: ClientConfig): Promise<number> {
    let { alice, bob } = await rawPair(config)
    for (let n = 0; n < rounds; n++) {
      const { state, commit } = await rawCommit(alice, [])
      alice = state
      bob = (await rawHear(bob, commit)).newState
    }
    return bob.historicalReceiverData.size
  }

  it('keeps no key of an epoch that is over; the default keeps four, and 0 keeps every one for ever', async () => {
    const { advocate, survivor, shelves } = await talk()
    const old = await advocate.encrypt(bytes('of the old epoch'))
    for (let n = 0; n < rounds; n++) {
      const update = await advocate.update()
      await update.accept()
      await survivor.process(update.commit)
    }
    for (const shelf of [shelves.advocate, shelves.survivor]) {
      expect(read(shelf.last).historicalReceiverData.size).toBe(0)
    }
    await expect(survivor.process(old)).rejects.toThrow(Unprocessable)
    await expect(rawHear(read(shelves.survivor.last), old)).rejects.toThrow()

    expect(await epochsHeld(OURS)).toBe(1)
    expect(
      await epochsHeld(withRetention({ retainKeysForEpochs: defaultKeyRetentionConfig.retainKeysForEpochs })),
    ).toBe(4)
    expect(await epochsHeld(withRetention({ retainKeysForEpochs: 0 }))).toBe(rounds)
  })
})

describe('maximumForwardRatchetSteps: 4096', () => {
  /** The state of a sender whose last `steps` messages never came. */
  async function ahead(state: ClientState, steps: number): Promise<ClientState> {
    const { kdf } = await suite()
    const at = nodeOf(state.privatePath.leafIndex)
    const node = state.secretTree[at]!
    const [application] = await ratchetUntil(
      node.application,
      steps,
      { ...KEY_RETENTION, maximumForwardRatchetSteps: steps },
      kdf,
    )
    const secretTree = state.secretTree.map((one, index) => (index === at ? { ...node, application } : one))
    return { ...state, secretTree }
  }

  it('opens what comes after hundreds of messages that expired unread; the default refuses it', async () => {
    const { advocate, survivor, shelves } = await talk()
    const { message } = await rawSay(await ahead(read(shelves.advocate.last), 300), bytes('after a week'))
    expect(await survivor.process(message)).toMatchObject({ kind: 'application', skipped: 300 })
    expect(advocate.epoch).toBe(survivor.epoch)

    const { alice, bob } = await rawPair(
      withRetention({ maximumForwardRatchetSteps: defaultKeyRetentionConfig.maximumForwardRatchetSteps }),
    )
    const late = await rawSay(await ahead(alice, 300), bytes('after a week'))
    await expect(rawHear(bob, late.message)).rejects.toThrow('too far in the future')
  })

  it('is bounded: a member cannot hang another by naming a generation without end', async () => {
    const { survivor, shelves } = await talk()
    const most = KEY_RETENTION.maximumForwardRatchetSteps
    const sender = await ahead(read(shelves.advocate.last), most + 1)
    const { message } = await rawSay(sender, bytes('x'))
    await expect(survivor.process(message)).rejects.toMatchObject({ reason: 'gap' })
    const last = await rawSay(await ahead(read(shelves.advocate.last), most), bytes('the last that opens'))
    expect(await survivor.process(last.message)).toMatchObject({ skipped: most })
  })
})

describe('lifetime', () => {
  it('of our key packages is 14 days; the default never ends', async () => {
    const ours = (await pseudonymKeyPackage(now)) as KeyPackageKeys
    const { leafNode } = ours.publicPackage
    if (leafNode.leafNodeSource !== 'key_package') throw new Error('a leaf of another source')
    expect(leafNode.lifetime).toEqual({
      notBefore: BigInt(NOW - 7 * DAY),
      notAfter: BigInt(NOW + KEY_PACKAGE_LIFETIME),
    })
    const theirs = (await carelessKeyPackage()).publicPackage.leafNode
    expect(theirs.leafNodeSource === 'key_package' && theirs.lifetime.notAfter).toBe(2n ** 63n - 1n)
  })

  it('lets somebody in whose clock is days ahead', async () => {
    const ours = (await pseudonymKeyPackage(() => NOW + 6 * DAY)) as KeyPackageKeys
    const { leafNode } = ours.publicPackage
    if (leafNode.leafNodeSource !== 'key_package') throw new Error('a leaf of another source')
    expect(() => lifetimeCheck(leafNode.lifetime, NOW)).not.toThrow()
  })

  it.each([
    ['before it begins', NOW + 601, NOW + DAY, 'time'],
    ['with a clock that is ten minutes behind', NOW + 600, NOW + DAY, null],
    ['after it ended', NOW - DAY, NOW - 601, 'time'],
    ['for longer than a year', NOW, NOW + KEY_PACKAGE_LIFETIME_MAX + 1, 'lifetime'],
    ['for ever', 0, Number.MAX_SAFE_INTEGER, 'lifetime'],
    ['that ends before it begins', NOW + 60, NOW, 'lifetime'],
  ])('of a key package is checked by our own clock: %s', async (_, from, to, reason) => {
    const { message } = await rawKeyPackage({ lifetime: { notBefore: BigInt(from), notAfter: BigInt(to) } })
    if (reason === null) expect(keyPackageRead(message, NOW)).toBeDefined()
    else expect(() => keyPackageRead(message, NOW)).toThrow(new Untrusted(reason as 'time' | 'lifetime'))
  })

  it('is also checked in the commits of others, where the default takes what never ends', async () => {
    const organisation = new Organisation()
    const { survivor, shelves } = await talk(organisation)
    const careless = await carelessKeyPackage()
    const { commit } = await rawCommit(
      { ...read(shelves.advocate.last), clientConfig: DEFAULTS },
      adding(careless.publicPackage),
    )
    survivor.usePolicy(await organisation.policy({ pseudonyms: [leafOf(careless.publicPackage)] }))
    await expect(survivor.process(commit)).rejects.toMatchObject({ reason: 'ghost', untrusted: 'lifetime' })
    const theirs = await rawHear({ ...read(shelves.survivor.last), clientConfig: DEFAULTS }, commit)
    expect(theirs.kind === 'newState' && theirs.actionTaken).toBe('accept')
  })
})

describe('capabilities', () => {
  it('are the same in all our key packages and name only what is used; the default adds random values', async () => {
    const ours = await Promise.all([1, 2, 3].map(async () => (await pseudonymKeyPackage(now)) as KeyPackageKeys))
    for (const one of ours) expect(one.publicPackage.leafNode.capabilities).toEqual(CAPABILITIES)
    const drawn = Array.from({ length: 20 }, () => JSON.stringify(defaultCapabilities()))
    expect(new Set(drawn).size).toBeGreaterThan(1)
    expect(Object.values(defaultCapabilities()).flat().length).toBeGreaterThan(
      Object.values(CAPABILITIES).flat().length,
    )
  })
})

describe('ratchetTreeExtension: true', () => {
  it('makes a Welcome that is enough to join; the default one is not', async () => {
    const { survivor } = await talk()
    expect(survivor.members).toHaveLength(2)
    const [a, b] = [await rawKeyPackage(), await rawKeyPackage()]
    const { welcome } = await rawCommit(await rawGroup(a), adding(b.publicPackage), {})
    await expect(rawJoin(welcome!, b)).rejects.toThrow('ratchet_tree')
  })
})

describe('the private keys of a key package', () => {
  it('are overwritten by the join; the library leaves them', async () => {
    const organisation = new Organisation()
    const keyPackage = (await pseudonymKeyPackage(now)) as KeyPackageKeys
    const keys = keyPackage.privatePackage
    const advocate = await createGroup({
      me: organisation.staff(),
      policy: await organisation.policy({ pseudonyms: [keyPackage] }),
      now,
    })
    const added = await advocate.add([keyPackage.message])
    await added.accept()
    const shelf = new Shelf()
    const initKey = Buffer.from(keys.initPrivateKey)
    await joinGroup({ welcome: added.welcome!, keyPackage, policy: await organisation.policy(), store: shelf, now })
    for (const key of Object.values(keys) as Uint8Array[]) expect(key.every((byte) => byte === 0)).toBe(true)
    expect(() => keyPackage.privatePackage).toThrow('used')
    expect(Buffer.from(shelf.last).includes(initKey)).toBe(false)

    const [a, b] = [await rawKeyPackage(), await rawKeyPackage()]
    const { welcome } = await rawCommit(await rawGroup(a), adding(b.publicPackage))
    await rawJoin(welcome!, b)
    expect(b.privatePackage.initPrivateKey.some((byte) => byte !== 0)).toBe(true)
  })

  it('stay where the join fails, for the Welcome of somebody who may', async () => {
    const organisation = new Organisation()
    const keyPackage = await pseudonymKeyPackage(now)
    const ghost = await rawKeyPackage()
    const own = (keyPackage as KeyPackageKeys).publicPackage
    const { welcome } = await rawCommit(await rawGroup(ghost), adding(own))
    const policy = await organisation.policy()
    await expect(joinGroup({ welcome: welcome!, keyPackage, policy, now })).rejects.toMatchObject({ reason: 'ghost' })
    expect(keyPackage.export().length).toBeGreaterThan(0)
  })
})

describe('private messages only', () => {
  it('our commits show neither proposals nor members; as a public message they would', async () => {
    const { advocate, shelves, organisation } = await talk()
    const colleague = organisation.staff({ shownName: 'Ana' })
    const keyPackage = await keyPackageFor(colleague, now)
    const { commit } = await advocate.add([keyPackage.message])
    expect(decoded(commit).wireformat).toBe('mls_private_message')
    expect(Buffer.from(commit).includes('Ana')).toBe(false)
    const { publicPackage } = keyPackage as KeyPackageKeys
    const open = await rawCommit(read(shelves.advocate.last), adding(publicPackage), { wireAsPublicMessage: true })
    expect(decoded(open.commit).wireformat).toBe('mls_public_message')
    expect(Buffer.from(open.commit).includes('Ana')).toBe(true)
  })

  it('a public commit of a member is refused, where the library takes it', async () => {
    const { survivor, shelves } = await talk()
    const open = await rawCommit(read(shelves.advocate.last), [], { wireAsPublicMessage: true })
    await expect(survivor.process(open.commit)).rejects.toMatchObject({ reason: 'malformed' })
    const message = decoded(open.commit)
    if (message.wireformat !== 'mls_public_message') throw new Error('not public')
    const taken = await processMessage(message, read(shelves.survivor.last), emptyPskIndex, acceptAll, await suite())
    expect(taken.newState.groupContext.epoch).toBe(2n)
  })

  it('nobody joins from outside: not even with what a member gave away, where the library lets them in', async () => {
    const { survivor, shelves } = await talk()
    const cs = await suite()
    const info = await createGroupInfoWithExternalPubAndRatchetTree(read(shelves.advocate.last), [], cs)
    const ghost = await rawKeyPackage()
    const { publicMessage } = await joinGroupExternal(
      info,
      ghost.publicPackage,
      ghost.privatePackage,
      false,
      cs,
      undefined,
      DEFAULTS,
    )
    const message = { version: 'mls10', wireformat: 'mls_public_message', publicMessage } as const
    await expect(survivor.process(encodeMlsMessage(message) as Bytes)).rejects.toMatchObject({ reason: 'malformed' })
    const open = { ...read(shelves.survivor.last), clientConfig: DEFAULTS }
    const taken = await processMessage(message, open, emptyPskIndex, acceptAll, cs)
    expect(taken.newState.ratchetTree.filter((node) => node?.nodeType === 'leaf')).toHaveLength(3)
  })

  it('and no Welcome of ours carries the key by which somebody could', async () => {
    const organisation = new Organisation()
    const joiner = await rawKeyPackage()
    const policy = await organisation.policy({ pseudonyms: [leafOf(joiner.publicPackage)] })
    const maker = await createGroup({ me: organisation.staff(), policy, now })
    const { welcome } = await maker.add([joiner.message])
    const message = decoded(welcome!)
    if (message.wireformat !== 'mls_welcome') throw new Error('not a Welcome')
    const [, extensions] = await joinGroupWithExtensions(
      message.welcome,
      joiner.publicPackage,
      joiner.privatePackage,
      emptyPskIndex,
      await suite(),
    )
    expect(extensions.map((one) => one.extensionType)).toEqual(['ratchet_tree'])
  })
})

describe('padding', () => {
  it('gives every message up to most of a kilobyte one size; by itself the library shows the length', async () => {
    const { advocate } = await talk()
    const sizes = new Set<number>()
    for (const length of [0, 1, 100, 255, 256, 257, 500, 700]) {
      sizes.add(pad(await advocate.encrypt(new Uint8Array(length).fill(120))).length)
    }
    expect([...sizes]).toEqual([BUCKETS[0]])

    const { alice } = await rawPair(DEFAULTS)
    const shown = [100, 300, 500, 700].map(
      async (length) => (await rawSay(alice, new Uint8Array(length))).message.length,
    )
    expect(new Set(await Promise.all(shown)).size).toBe(4)
  })
})

describe('a restored state', () => {
  it('has our settings, for its bytes carry none', async () => {
    const { alice } = await rawPair(DEFAULTS)
    const stored = stateEncode(alice, null)
    expect(stateDecode(stored, OURS).state.clientConfig.keyRetentionConfig).toEqual(KEY_RETENTION)
    expect(decodeGroupState(encodeGroupState(alice), 0)?.[0]).not.toHaveProperty('clientConfig')
  })
})
