/** Somebody sits in the group who may not: each way in is refused by our policy, and taken by the library's defaults. */

import { createProposal, encodeMlsMessage, type ClientState, type Proposal } from 'ts-mls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createGroup, joinGroup } from '../../src/e2ee/group'
import { staffIdentity } from '../../src/e2ee/identity'
import { KeyPackageKeys, keyPackageFor, leafOf, pseudonymKeyPackage } from '../../src/e2ee/keypackage'
import { suite } from '../../src/e2ee/provider'
import { clientConfig } from '../../src/e2ee/settings'
import { stateDecode } from '../../src/e2ee/state'
import { changeCheck } from '../../src/e2ee/tree'
import { Unprocessable, Untrusted, type OwnKeys } from '../../src/e2ee/types'
import type { Bytes } from '../../src/net/bytes'
import { DAY, NOW, Organisation, bytes, inAgreement, now, talk } from './cast'
import { DEFAULTS, adding, rawCommit, rawGroup, rawHear, rawJoin, rawKeyPackage, type Raw } from './library'

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 }))
afterAll(() => void vi.useRealTimers())

/** The state of a member who turned, in the hands of a client that accepts anybody. */
const turned = (stored: Bytes): ClientState => ({
  ...stateDecode(stored, clientConfig({ validateCredential: async () => true })).state,
  clientConfig: DEFAULTS,
})

/** Keys of a member of staff as the library takes them. */
async function rawStaff(me: OwnKeys): Promise<Raw> {
  const { message, publicPackage, privatePackage } = (await keyPackageFor(me, now)) as KeyPackageKeys
  return { message, publicPackage, privatePackage }
}

describe('a ghost who adds the survivor', () => {
  it.each([
    ['an unknown pseudonym', async () => rawKeyPackage(), 'stranger'],
    ['staff of another organisation', async () => rawStaff(new Organisation({ slug: 'other' }).staff()), 'signature'],
    ['staff under another root with the same name', async () => rawStaff(new Organisation().staff()), 'signature'],
  ] as const)('is refused at the join: %s', async (_, ghost, reason) => {
    const organisation = new Organisation()
    const keyPackage = (await pseudonymKeyPackage(now)) as KeyPackageKeys
    const { welcome } = await rawCommit(await rawGroup(await ghost()), adding(keyPackage.publicPackage))
    const joining = joinGroup({ welcome: welcome!, keyPackage, policy: await organisation.policy(), now })
    await expect(joining).rejects.toMatchObject({ reason: 'ghost', untrusted: reason })
  })

  it('is taken by the library where nothing is set', async () => {
    const [ghost, victim] = [await rawKeyPackage(), await rawKeyPackage()]
    const { welcome } = await rawCommit(await rawGroup(ghost), adding(victim.publicPackage))
    await expect(rawJoin(welcome!, victim)).resolves.toBeDefined()
  })

  it('is refused where it wears the certificate of an advocate without having her key', async () => {
    const organisation = new Organisation()
    const advocate = organisation.staff()
    const thief = await rawKeyPackage({ identity: advocate.identity })
    const keyPackage = (await pseudonymKeyPackage(now)) as KeyPackageKeys
    const { welcome } = await rawCommit(await rawGroup(thief), adding(keyPackage.publicPackage))
    const joining = joinGroup({ welcome: welcome!, keyPackage, policy: await organisation.policy(), now })
    await expect(joining).rejects.toMatchObject({ reason: 'ghost', untrusted: 'content' })
  })

  it.each([
    ['is revoked', (o: Organisation) => ({ me: o.staff(), at: NOW }), true, 'revoked'],
    ['has a certificate that ended', (o: Organisation) => ({ me: o.staff(), at: NOW + 7 * DAY + 601 }), false, 'time'],
    [
      'has a certificate that has not begun',
      (o: Organisation) => ({ me: o.staff({ notBefore: NOW + 601 }), at: NOW }),
      false,
      'time',
    ],
    [
      'has a certificate for longer than seven days',
      (o: Organisation) => ({ me: o.staff({ notAfter: NOW + 8 * DAY }), at: NOW }),
      false,
      'lifetime',
    ],
  ] as const)('is an advocate who %s', async (_, made, revoke, reason) => {
    const organisation = new Organisation()
    const { me, at } = made(organisation)
    const keyPackage = (await pseudonymKeyPackage(now)) as KeyPackageKeys
    const { welcome } = await rawCommit(await rawGroup(await rawStaff(me)), adding(keyPackage.publicPackage))
    const policy = await organisation.policy({ revoked: revoke ? [me.deviceId] : [], at: () => at })
    const joining = joinGroup({ welcome: welcome!, keyPackage, policy, now: () => at })
    await expect(joining).rejects.toMatchObject({
      reason: 'ghost',
      untrusted: reason,
    })
  })

  it('is an advocate of a revoked signing device', async () => {
    const organisation = new Organisation()
    const other = organisation.signingDevice()
    const device = organisation.device({}, other)
    const me = {
      identity: staffIdentity({ signing: other.certificate, device: device.certificate }),
      signatureKey: device.keys.publicKey,
      signaturePrivateKey: device.keys.privateKey,
    }
    const keyPackage = (await pseudonymKeyPackage(now)) as KeyPackageKeys
    const { welcome } = await rawCommit(await rawGroup(await rawStaff(me)), adding(keyPackage.publicPackage))
    const policy = await organisation.policy({ revoked: [other.id] })
    await expect(joinGroup({ welcome: welcome!, keyPackage, policy, now })).rejects.toMatchObject({
      untrusted: 'revoked',
    })
  })
})

describe('a ghost who sits beside a certified advocate', () => {
  it('is refused at the join', async () => {
    const organisation = new Organisation()
    const keyPackage = (await pseudonymKeyPackage(now)) as KeyPackageKeys
    const ghost = await rawKeyPackage()
    const group = await rawGroup(await rawStaff(organisation.staff()))
    const { welcome } = await rawCommit(group, adding(keyPackage.publicPackage, ghost.publicPackage))
    const policy = await organisation.policy()
    await expect(joinGroup({ welcome: welcome!, keyPackage, policy, now })).rejects.toMatchObject({
      untrusted: 'stranger',
    })
  })
})

describe('a ghost who is added later', () => {
  it('is refused by everybody else, who stay in their epoch; the library takes it', async () => {
    const { survivor, advocate, shelves } = await talk()
    const ghost = await rawKeyPackage()
    const { commit } = await rawCommit(turned(shelves.advocate.last), adding(ghost.publicPackage))
    await expect(survivor.process(commit)).rejects.toMatchObject({ reason: 'ghost', untrusted: 'stranger' })
    expect(survivor.epoch).toBe(1n)
    expect(await inAgreement(advocate, survivor)).toBe(true)
    const careless = await rawHear(turned(shelves.survivor.last), commit)
    expect(careless.kind === 'newState' && careless.newState.groupContext.epoch).toBe(2n)
  })

  it('is not even added by our own client', async () => {
    const { advocate } = await talk()
    const ghost = await rawKeyPackage()
    await expect(advocate.add([ghost.message])).rejects.toThrow(new Untrusted('stranger'))
    expect(advocate.pending).toBeNull()
  })

  it('is refused as staff of a stranger, and as certified staff whose key is another', async () => {
    const { survivor, shelves, organisation } = await talk()
    const foreign = await rawStaff(new Organisation().staff())
    const thief = await rawKeyPackage({ identity: organisation.staff().identity })
    for (const [ghost, reason] of [
      [foreign, 'signature'],
      [thief, 'content'],
    ] as const) {
      const { commit } = await rawCommit(turned(shelves.advocate.last), adding(ghost.publicPackage))
      await expect(survivor.process(commit)).rejects.toMatchObject({ reason: 'ghost', untrusted: reason })
    }
  })

  it('is refused where it takes the place of somebody who is removed', async () => {
    const { survivor, shelves, organisation, advocate } = await talk()
    const colleague = await keyPackageFor(organisation.staff({ shownName: 'Ana' }), now)
    const added = await advocate.add([colleague.message])
    await added.accept()
    await survivor.process(added.commit)
    const ghost = await rawKeyPackage()
    const swap: Proposal[] = [{ proposalType: 'remove', remove: { removed: 2 } }, ...adding(ghost.publicPackage)]
    const { commit } = await rawCommit(turned(shelves.advocate.last), swap)
    await expect(survivor.process(commit)).rejects.toMatchObject({ reason: 'ghost', untrusted: 'stranger' })
  })
})

describe('who creates a group', () => {
  it('is asked the policy for everybody else, from the first commit of others on', async () => {
    const organisation = new Organisation()
    const keyPackage = await pseudonymKeyPackage(now)
    const advocate = await createGroup({
      me: organisation.staff(),
      policy: await organisation.policy({ pseudonyms: [keyPackage] }),
      now,
    })
    const added = await advocate.add([keyPackage.message])
    await added.accept()
    const survivor = await rawJoinOf(added.welcome!, keyPackage as KeyPackageKeys)
    const ghost = await rawKeyPackage()
    const { commit } = await rawCommit(survivor, adding(ghost.publicPackage))
    await expect(advocate.process(commit)).rejects.toMatchObject({ reason: 'ghost', untrusted: 'stranger' })
    expect(advocate.members).toHaveLength(2)
  })
})

/** The survivor turned: the library joins with the keys of the package before ours would use them up. */
function rawJoinOf(welcome: Bytes, keyPackage: KeyPackageKeys): Promise<ClientState> {
  const { message, publicPackage, privatePackage } = keyPackage
  return rawJoin(welcome, { message, publicPackage, privatePackage: structuredClone(privatePackage) })
}

describe('what a commit may not hold', () => {
  it.each([
    [
      'an extension of the group, such as an external sender',
      { proposalType: 'group_context_extensions', groupContextExtensions: { extensions: [] } },
    ],
    [
      'a re-initialisation',
      {
        proposalType: 'reinit',
        reinit: {
          groupId: bytes('another'),
          version: 'mls10',
          cipherSuite: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
          extensions: [],
        },
      },
    ],
  ] as [string, Proposal][])('%s is refused, where the library takes it', async (_, proposal) => {
    const { survivor, advocate, shelves } = await talk()
    const { commit } = await rawCommit(turned(shelves.advocate.last), [proposal])
    await expect(survivor.process(commit)).rejects.toMatchObject({ reason: 'not_allowed' })
    expect(await inAgreement(advocate, survivor)).toBe(true)
    const careless = await rawHear(turned(shelves.survivor.last), commit)
    expect(careless.kind === 'newState' && careless.actionTaken).toBe('accept')
  })

  it('a proposal by itself is refused, where the library keeps it for the next commit of anybody', async () => {
    const { survivor, shelves } = await talk()
    const ghost = await rawKeyPackage()
    const [proposal] = adding(ghost.publicPackage)
    const made = await createProposal(turned(shelves.advocate.last), false, proposal!, await suite())
    const message = encodeMlsMessage(made.message) as Bytes
    await expect(survivor.process(message)).rejects.toMatchObject({ reason: 'not_allowed' })
    const careless = await rawHear(turned(shelves.survivor.last), message)
    expect(Object.keys(careless.newState.unappliedProposals)).toHaveLength(1)
  })

  it('nobody turns into somebody else: the leaves change as the proposals say', async () => {
    const { shelves } = await talk()
    const before = turned(shelves.survivor.last)
    const ghost = await rawKeyPackage()
    const [first] = before.ratchetTree
    if (first?.nodeType !== 'leaf') throw new Error('no leaf')
    const leaf = { ...first.leaf, signaturePublicKey: ghost.publicPackage.leafNode.signaturePublicKey }
    const after = { ...before, ratchetTree: [{ ...first, leaf }, ...before.ratchetTree.slice(1)] }
    const nothing = { added: [], removed: [], refused: null }
    expect(() => changeCheck(nothing, before, before)).not.toThrow()
    expect(() => changeCheck(nothing, before, after)).toThrow(new Untrusted('content'))
    expect(() => changeCheck({ ...nothing, added: [leafOf(ghost.publicPackage)] }, before, before)).toThrow(Untrusted)
    expect(() => changeCheck({ ...nothing, removed: [1] }, before, before)).toThrow(Untrusted)
  })
})

describe('a Welcome', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['noise', Uint8Array.from({ length: 200 }, (_, at) => (at * 91) % 256)],
  ])('that is %s is refused', async (_, welcome) => {
    const organisation = new Organisation()
    const keyPackage = await pseudonymKeyPackage(now)
    const joining = joinGroup({ welcome, keyPackage, policy: await organisation.policy(), now })
    await expect(joining).rejects.toThrow(new Unprocessable('malformed'))
  })

  it('for somebody else is refused, and the own key package stays good', async () => {
    const organisation = new Organisation()
    const [mine, theirs] = [await pseudonymKeyPackage(now), await pseudonymKeyPackage(now)]
    const advocate = await createGroup({
      me: organisation.staff(),
      policy: await organisation.policy({ pseudonyms: [mine, theirs] }),
      now,
    })
    const added = await advocate.add([theirs.message])
    const policy = await organisation.policy()
    await expect(joinGroup({ welcome: added.welcome!, keyPackage: mine, policy, now })).rejects.toThrow(Unprocessable)
    await added.discard()
    const again = await advocate.add([mine.message])
    await again.accept()
    const survivor = await joinGroup({ welcome: again.welcome!, keyPackage: mine, policy, now })
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })
})
