/** Chromium before 137 has no Ed25519 in WebCrypto and before 133 no X25519: everything works without them, beside those who have them. */

import {
  createApplicationMessage,
  createGroup as libraryCreate,
  encodeMlsMessage,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  createCommit,
  emptyPskIndex,
  processPrivateMessage,
  type CiphersuiteImpl,
  type ClientState,
} from 'ts-mls'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { sealingKeys } from '../../src/e2ee/hpke'
import { memberOf, pseudonymIdentity } from '../../src/e2ee/identity'
import { leafOf, pseudonymKeyPackage } from '../../src/e2ee/keypackage'
import { joinGroup, restoreGroup } from '../../src/e2ee/group'
import { openNote, sealNote } from '../../src/e2ee/note'
import { SUITE, suite } from '../../src/e2ee/provider'
import { CAPABILITIES, lifetimeFrom } from '../../src/e2ee/settings'
import { stateEncode } from '../../src/e2ee/state'
import type { MemberPolicy } from '../../src/e2ee/types'
import { randomBytes, type Bytes } from '../../src/net/bytes'
import { NOW, Organisation, SLUG, Shelf, bytes, heard, inAgreement, now, talk } from './cast'
import { DEFAULTS, adding, decoded } from './library'

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 }))
afterAll(() => void vi.useRealTimers())
afterEach(() => void vi.restoreAllMocks())

const MISSING = /^(ed25519|x25519)$/i

/** WebCrypto as it was: every call that names one of the two curves throws, as Chromium did. */
function oldChromium(): void {
  const { subtle } = crypto
  for (const method of ['generateKey', 'importKey', 'deriveBits', 'deriveKey', 'sign', 'verify'] as const) {
    const original = subtle[method].bind(subtle) as (...args: unknown[]) => unknown
    vi.spyOn(subtle, method).mockImplementation((async (...args: unknown[]) => {
      const named = args.map((argument) =>
        typeof argument === 'object' && argument !== null ? (argument as { name?: unknown }).name : argument,
      )
      if (named.some((name) => typeof name === 'string' && MISSING.test(name)))
        throw new DOMException('Unrecognized name.', 'NotSupportedError')
      return original(...args)
    }) as never)
  }
}

/** A suite of the library as it comes: both curves by WebCrypto, keys as PKCS8. */
const native = (): Promise<CiphersuiteImpl> => getCiphersuiteImpl(getCiphersuiteFromName(SUITE))

const anybody: MemberPolicy = { admit: (leaf) => memberOf(leaf) }

async function nativeKeyPackage(cs: CiphersuiteImpl) {
  const credential = { credentialType: 'basic', identity: pseudonymIdentity() } as const
  return generateKeyPackage(credential, CAPABILITIES, lifetimeFrom(NOW), [], cs)
}

describe('a browser without the two curves', () => {
  it('is one where the library alone can do nothing', async () => {
    oldChromium()
    const cs = await native()
    await expect(cs.signature.keygen()).rejects.toThrow('Unrecognized name')
    await expect(cs.hpke.generateKeyPair()).rejects.toThrow()
  })

  it('holds a whole conversation: join, messages, update, a colleague, a restored state, a sealed note', async () => {
    oldChromium()
    const organisation = new Organisation()
    const { advocate, survivor, shelves } = await talk(organisation)
    expect(await inAgreement(advocate, survivor)).toBe(true)
    const update = await survivor.update()
    await update.accept()
    await advocate.process(update.commit)
    expect(await inAgreement(advocate, survivor)).toBe(true)
    const state = shelves.survivor.last
    const restored = await restoreGroup({ state, policy: await organisation.policy(), store: new Shelf(), now })
    expect(await inAgreement(advocate, restored)).toBe(true)

    const intake = await sealingKeys()
    const request = randomBytes(16)
    const { message } = await pseudonymKeyPackage(now)
    const packages = [{ message, seat: randomBytes(32) }]
    const note = { request, organisation: SLUG, root: organisation.root.publicKey, packages, rejoin: randomBytes(32) }
    const sealed = await sealNote({ ...note, language: 'es', text: 'hola' }, intake.publicKey)
    const opened = await openNote({ sealed, privateKey: intake.privateKey, organisation: SLUG, request })
    expect(opened.text).toBe('hola')
  })

  it('talks with a browser that has them', async () => {
    const cs = await native()
    const keyPackage = await pseudonymKeyPackage(now)
    const theirs = await nativeKeyPackage(cs)
    expect(theirs.privatePackage.signaturePrivateKey).toHaveLength(48)
    const { made, group } = await nativeGroup(cs, theirs, keyPackage.message)
    oldChromium()
    const ours = await joinGroup({ welcome: made, keyPackage, policy: anybody, now })
    const answer = await ours.encrypt(bytes('from an old phone'))
    vi.restoreAllMocks()
    const read = await processPrivateMessage(group, privately(answer), emptyPskIndex, cs)
    expect(read.kind === 'applicationMessage' && new TextDecoder().decode(read.message)).toBe('from an old phone')
    const said = await nativeSay(read.newState, cs, 'from a new one')
    oldChromium()
    expect(await heard(ours, said.message)).toBe('from a new one')
  })

  it('opens a state that a browser with them made, and goes on with it', async () => {
    const cs = await native()
    const theirs = await nativeKeyPackage(cs)
    const { publicPackage, privatePackage } = theirs
    const keyPackage = await pseudonymKeyPackage(now)
    const { made, group } = await nativeGroup(cs, theirs, keyPackage.message)
    expect(privatePackage.signaturePrivateKey).toHaveLength(48)
    const state = stateEncode(group, null)
    oldChromium()
    const restored = await restoreGroup({ state, policy: anybody, store: new Shelf(), now })
    const friend = await joinGroup({ welcome: made, keyPackage, policy: anybody, now })
    expect(restored.me.signatureKey).toEqual(leafOf(publicPackage).signatureKey)
    expect(await inAgreement(restored, friend)).toBe(true)
    const update = await restored.update()
    await update.accept()
    await friend.process(update.commit)
    expect(await inAgreement(restored, friend)).toBe(true)
  })
})

describe('the provider', () => {
  it('is the same for every browser: it never asks WebCrypto for the two curves', async () => {
    const { subtle } = crypto
    const asked: string[] = []
    for (const method of ['generateKey', 'importKey', 'sign', 'verify', 'deriveBits'] as const) {
      const original = subtle[method].bind(subtle) as (...args: unknown[]) => unknown
      vi.spyOn(subtle, method).mockImplementation(((...args: unknown[]) => {
        asked.push(JSON.stringify(args))
        return original(...args)
      }) as never)
    }
    const { advocate, survivor } = await talk()
    expect(await inAgreement(advocate, survivor)).toBe(true)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((one) => /25519/.test(one))).toEqual([])
    expect((await suite()).name).toBe(SUITE)
  })
})

async function nativeGroup(
  cs: CiphersuiteImpl,
  me: Awaited<ReturnType<typeof nativeKeyPackage>>,
  added: Bytes,
): Promise<{ made: Bytes; group: ClientState }> {
  const message = decoded(added)
  if (message.wireformat !== 'mls_key_package') throw new Error('not a key package')
  const empty = await libraryCreate(randomBytes(16), me.publicPackage, me.privatePackage, [], cs, DEFAULTS)
  const options = { extraProposals: adding(message.keyPackage), ratchetTreeExtension: true }
  const { newState, welcome } = await createCommit({ state: empty, cipherSuite: cs }, options)
  if (welcome === undefined) throw new Error('no Welcome')
  return { group: newState, made: encodeMlsMessage({ version: 'mls10', wireformat: 'mls_welcome', welcome }) as Bytes }
}

async function nativeSay(state: ClientState, cs: CiphersuiteImpl, text: string) {
  const { newState, privateMessage } = await createApplicationMessage(state, bytes(text), cs)
  const message = encodeMlsMessage({ version: 'mls10', wireformat: 'mls_private_message', privateMessage }) as Bytes
  return { state: newState, message }
}

function privately(message: Bytes) {
  const read = decoded(message)
  if (read.wireformat !== 'mls_private_message') throw new Error('not a private message')
  return read.privateMessage
}
