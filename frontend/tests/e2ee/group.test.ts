import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createCommit, type ClientState } from 'ts-mls'
import { decodeMlsMessage, encodeMlsMessage } from 'ts-mls/message.js'
import { decryptSenderData } from 'ts-mls/privateMessage.js'
import { createGroup, joinGroup, restoreGroup } from '../../src/e2ee/group'
import { keyPackageFor, pseudonymKeyPackage } from '../../src/e2ee/keypackage'
import { suite } from '../../src/e2ee/provider'
import { clientConfig } from '../../src/e2ee/settings'
import { stateDecode } from '../../src/e2ee/state'
import { Unprocessable, Untrusted, type OwnKeyPackage, type SecureGroup } from '../../src/e2ee/types'
import { concat, sameBytes, type Bytes } from '../../src/net/bytes'
import { choices } from '../support/random'
import { DAY, NOW, Organisation, Shelf, bytes, heard, inAgreement, now, talk } from './cast'

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 }))
afterAll(() => void vi.useRealTimers())

const refusal = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof Unprocessable)
        return error.untrusted === null ? error.reason : [error.reason, error.untrusted]
      if (error instanceof Untrusted) return `untrusted ${error.reason}`
      throw error
    },
  )

describe('a conversation of two', () => {
  it('begins while the survivor is away, and each reads the other', async () => {
    const { advocate, survivor } = await talk()
    expect(await heard(survivor, await advocate.encrypt(bytes('Is it safe to talk?')))).toBe('Is it safe to talk?')
    expect(await heard(advocate, await survivor.encrypt(bytes('sí, por ahora')))).toBe('sí, por ahora')
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })

  it('tells who is there: certified staff by name, the survivor by nothing', async () => {
    const { advocate, survivor, organisation, keyPackage } = await talk()
    expect(survivor.members.map((member) => member.identity)).toEqual([
      expect.objectContaining({
        kind: 'staff',
        name: 'Marisol',
        role: 'advocate',
        organisation: organisation.slug,
        notAfter: NOW + 7 * DAY,
      }),
      { kind: 'pseudonym', id: keyPackage.identity.slice(1) },
    ])
    expect(survivor.me.mark).toBe(advocate.members[1]!.mark)
    expect(advocate.me.mark).toBe(survivor.members[0]!.mark)
    expect(advocate.groupId).toEqual(survivor.groupId)
    expect(advocate.groupId).toHaveLength(16)
  })

  it('has its own group id each time', async () => {
    const [one, two] = [await talk(), await talk()]
    expect(sameBytes(one.advocate.groupId, two.advocate.groupId)).toBe(false)
  })

  it('says who wrote a message and that nothing is missing', async () => {
    const { advocate, survivor } = await talk()
    const processed = await survivor.process(await advocate.encrypt(bytes('hello')))
    expect(processed).toMatchObject({ kind: 'application', skipped: 0, sender: { mark: advocate.me.mark } })
  })
})

describe('the safety number', () => {
  it('is twelve groups of five digits, equal for everybody in the group', async () => {
    const { advocate, survivor } = await talk()
    const number = await advocate.safetyNumber()
    expect(number).toMatch(/^(\d{5} ){11}\d{5}$/)
    expect(await survivor.safetyNumber()).toBe(number)
  })

  it('is another in another conversation, and after somebody came', async () => {
    const { advocate, organisation } = await talk()
    const before = await advocate.safetyNumber()
    expect(await (await talk(organisation)).advocate.safetyNumber()).not.toBe(before)
    const colleague = await keyPackageFor(organisation.staff({ shownName: 'Ana' }), now)
    await (await advocate.add([colleague.message])).accept()
    expect(await advocate.safetyNumber()).not.toBe(before)
  })

  it('stays the same through update commits and restored states', async () => {
    const { advocate, survivor, shelves, organisation } = await talk()
    const number = await advocate.safetyNumber()
    const update = await survivor.update()
    await update.accept()
    await advocate.process(update.commit)
    expect(await advocate.safetyNumber()).toBe(number)
    const restored = await restoreGroup({
      state: shelves.survivor.last,
      policy: await organisation.policy(),
      store: new Shelf(),
      now,
    })
    expect(await restored.safetyNumber()).toBe(number)
  })
})

describe('a message', () => {
  it('opens once: a repetition is refused and changes nothing', async () => {
    const { advocate, survivor } = await talk()
    const message = await advocate.encrypt(bytes('once'))
    await survivor.process(message)
    expect(await refusal(survivor.process(message))).toBe('replay')
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })

  it('of oneself that the server sends back is refused', async () => {
    const { advocate, survivor } = await talk()
    const mine = await advocate.encrypt(bytes('mine'))
    expect(await refusal(advocate.process(mine))).toBe('replay')
    expect(await heard(survivor, mine)).toBe('mine')
  })

  it('after a gap opens and says how many are missing; those never open again', async () => {
    const { advocate, survivor } = await talk()
    const messages: Bytes[] = []
    for (const word of ['a', 'b', 'c', 'd']) messages.push(await advocate.encrypt(bytes(word)))
    expect(await survivor.process(messages[3]!)).toMatchObject({ skipped: 3 })
    for (const late of messages.slice(0, 3)) expect(await refusal(survivor.process(late))).toBe('replay')
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })

  it('out of order: the later opens, the earlier is gone', async () => {
    const { advocate, survivor } = await talk()
    const [first, second] = [await advocate.encrypt(bytes('1')), await advocate.encrypt(bytes('2'))]
    expect(await heard(survivor, second)).toBe('2')
    expect(await refusal(survivor.process(first))).toBe('replay')
  })

  it('of another group is refused', async () => {
    const organisation = new Organisation()
    const [one, two] = [await talk(organisation), await talk(organisation)]
    expect(await refusal(one.survivor.process(await two.advocate.encrypt(bytes('x'))))).toBe('wrong_group')
  })

  it('of an epoch that is over is refused, and so is one of an epoch that was not reached', async () => {
    const { advocate, survivor } = await talk()
    const old = await advocate.encrypt(bytes('old'))
    const update = await advocate.update()
    await update.accept()
    const early = await advocate.encrypt(bytes('early'))
    expect(await refusal(survivor.process(early))).toBe('future_epoch')
    await survivor.process(update.commit)
    expect(await refusal(survivor.process(old))).toBe('old_epoch')
    expect(await heard(survivor, early)).toBe('early')
  })

  it('that was changed anywhere is refused, and the next honest one opens', async () => {
    const { advocate, survivor } = await talk()
    const random = choices(7)
    const message = await advocate.encrypt(bytes('as it was written'))
    for (let round = 0; round < 200; round++) {
      const changed = random.mangle(message)
      if (sameBytes(changed, message)) continue
      expect(await refusal(survivor.process(changed))).not.toBe('accepted')
    }
    expect(await heard(survivor, message)).toBe('as it was written')
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['a byte', Uint8Array.of(1)],
    ['noise', Uint8Array.from({ length: 300 }, (_, at) => (at * 37) % 256)],
  ])('that is %s is refused', async (_, noise) => {
    const { survivor } = await talk()
    expect(await refusal(survivor.process(noise))).toBe('malformed')
  })

  it('with a byte after its end is refused', async () => {
    const { advocate, survivor } = await talk()
    const message = await advocate.encrypt(bytes('x'))
    expect(await refusal(survivor.process(concat(message, Uint8Array.of(0))))).toBe('malformed')
  })

  it('does not pass as another kind: a Welcome or a key package is no message', async () => {
    const { advocate, survivor, organisation } = await talk()
    const colleague = await keyPackageFor(organisation.staff(), now)
    const pending = await advocate.add([colleague.message])
    expect(await refusal(survivor.process(pending.welcome!))).toBe('malformed')
    expect(await refusal(survivor.process(colleague.message))).toBe('malformed')
  })

  it('is stored before it is returned: what is sent can never be sent again with the same key', async () => {
    const { advocate, shelves } = await talk()
    const before = shelves.advocate.states.length
    await advocate.encrypt(bytes('x'))
    expect(shelves.advocate.states.length).toBe(before + 1)
  })

  it('is not made where the state cannot be stored, and the group is as it was', async () => {
    const organisation = new Organisation()
    let full = false
    const store = { save: async () => (full ? Promise.reject(new Error('disk full')) : undefined) }
    const me = organisation.staff()
    const keyPackage = await pseudonymKeyPackage(now)
    const policy = await organisation.policy({ pseudonyms: [keyPackage] })
    const advocate = await createGroup({ me, policy, store, now })
    const added = await advocate.add([keyPackage.message])
    await added.accept()
    const survivor = await joinGroup({ welcome: added.welcome!, keyPackage, policy: await organisation.policy(), now })
    full = true
    await expect(advocate.encrypt(bytes('lost'))).rejects.toThrow('disk full')
    await expect(advocate.update()).rejects.toThrow('disk full')
    expect(advocate.pending).toBeNull()
    const message = await survivor.encrypt(bytes('hello'))
    await expect(advocate.process(message)).rejects.toThrow('disk full')
    full = false
    expect(await heard(advocate, message)).toBe('hello')
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })
})

describe('a change of the group', () => {
  it('is in force for its maker only when the server has accepted it', async () => {
    const { advocate, survivor } = await talk()
    const update = await advocate.update()
    expect(advocate.epoch).toBe(1n)
    expect(await heard(survivor, await advocate.encrypt(bytes('still the old epoch')))).toBe('still the old epoch')
    await update.accept()
    expect(advocate.epoch).toBe(2n)
    expect(advocate.pending).toBeNull()
    await survivor.process(update.commit)
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })

  it('that loses the race is forgotten: the loser follows the winner, and its own can then not be accepted', async () => {
    const { advocate, survivor } = await talk()
    const [winning, losing] = [await advocate.update(), await survivor.update()]
    await winning.accept()
    await survivor.process(winning.commit)
    expect(survivor.pending).toBeNull()
    expect(await refusal(losing.accept())).toBe('old_epoch')
    await losing.discard()
    expect(await refusal(advocate.process(losing.commit))).toBe('old_epoch')
    expect(await inAgreement(advocate, survivor)).toBe(true)
    const again = await survivor.update()
    await again.accept()
    await advocate.process(again.commit)
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })

  it('that the server refused is discarded, and another can be made in the same epoch', async () => {
    const { advocate, survivor } = await talk()
    const refused = await advocate.update()
    await refused.discard()
    expect(advocate.epoch).toBe(1n)
    const second = await advocate.update()
    await second.accept()
    await survivor.process(second.commit)
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })

  it('never uses one key for two commits of an epoch, where the library by itself would', async () => {
    const { advocate, survivor, shelves } = await talk()
    const first = await advocate.update()
    await first.discard()
    const second = await advocate.update()
    const { state } = stateDecode(shelves.survivor.last, clientConfig({ validateCredential: async () => true }))
    expect([await generationOf(first.commit, state), await generationOf(second.commit, state)]).toEqual([0, 1])
    await second.accept()
    await survivor.process(second.commit)
    expect(await inAgreement(advocate, survivor)).toBe(true)

    const context = { state, cipherSuite: await suite() }
    const [once, twice] = [await createCommit(context), await createCommit(context)]
    const byTheLibrary = [once, twice].map(({ commit }) => generationOf(encodeMlsMessage(commit) as Bytes, state))
    expect(await Promise.all(byTheLibrary)).toEqual([0, 0])
  })

  it('is one at a time', async () => {
    const { advocate } = await talk()
    await advocate.update()
    expect(await refusal(advocate.update())).toBe('not_allowed')
  })

  it('tells everybody who came and who went', async () => {
    const { advocate, survivor, organisation } = await talk()
    const colleague = organisation.staff({ shownName: 'Ana', role: 'supervisor' })
    const keyPackage = await keyPackageFor(colleague, now)
    const added = await advocate.add([keyPackage.message])
    expect(added.added.map((member) => member.identity)).toEqual([expect.objectContaining({ name: 'Ana' })])
    await added.accept()
    expect(await survivor.process(added.commit)).toMatchObject({
      kind: 'commit',
      by: { mark: advocate.me.mark },
      added: [{ identity: { name: 'Ana', role: 'supervisor' } }],
      removed: [],
      removedMe: false,
    })
    const third = await joinGroup({
      welcome: added.welcome!,
      keyPackage,
      policy: await organisation.policy({ pseudonyms: [survivorLeaf(survivor)] }),
      now,
    })
    expect(third.members).toHaveLength(3)
    const removed = await third.remove([advocate.me.mark])
    await removed.accept()
    expect(await survivor.process(removed.commit)).toMatchObject({
      removed: [{ identity: { name: 'Marisol' } }],
      added: [],
    })
    expect(await advocate.process(removed.commit)).toMatchObject({ removedMe: true })
    expect(await inAgreement(third, survivor)).toBe(true)
  })

  it('cannot remove its own maker or somebody who is not there', async () => {
    const { advocate, survivor } = await talk()
    expect(await refusal(advocate.remove([advocate.me.mark]))).toBe('not_allowed')
    await expect(refusal(advocate.remove(['nobody']))).resolves.toBe('not_allowed')
    expect(await inAgreement(advocate, survivor)).toBe(true)
  })

  it('cannot add the same key package twice, nor somebody who is there', async () => {
    const { advocate, organisation, keyPackage } = await talk()
    const colleague = await keyPackageFor(organisation.staff(), now)
    expect(await refusal(advocate.add([colleague.message, colleague.message]))).toBe('not_allowed')
    expect(await refusal(advocate.add([keyPackage.message]))).toBe('not_allowed')
  })

  it('puts a returned survivor in the place of the one who lost their state, in one commit', async () => {
    const { advocate, survivor, organisation } = await talk()
    const fresh = await pseudonymKeyPackage(now)
    advocate.usePolicy(await organisation.policy({ pseudonyms: [survivorLeaf(survivor), fresh] }))
    const swap = await advocate.add([fresh.message], [survivor.me.mark])
    await swap.accept()
    const back = await joinGroup({
      welcome: swap.welcome!,
      keyPackage: fresh,
      policy: await organisation.policy(),
      now,
    })
    expect(advocate.members).toHaveLength(2)
    expect(await inAgreement(advocate, back)).toBe(true)
    // Where the old device is not lost after all, it was somebody else who took its place: it says so.
    expect(await refusal(survivor.process(swap.commit))).toEqual(['ghost', 'stranger'])
  })
})

describe('who was removed', () => {
  it('reads and writes nothing any more, and keeps no key', async () => {
    const { advocate, survivor, shelves, organisation } = await talk()
    await survivor.encrypt(bytes('before'))
    const removal = await advocate.remove([survivor.me.mark])
    const secrets = heldSecrets(shelves.survivor.last)
    await removal.accept()
    expect(await survivor.process(removal.commit)).toMatchObject({ removedMe: true, by: { mark: advocate.me.mark } })
    expect(await refusal(survivor.encrypt(bytes('x')))).toBe('ended')
    expect(await refusal(survivor.process(await advocate.encrypt(bytes('after'))))).toBe('ended')
    for (const one of secrets) expect(includes(shelves.survivor.last, one)).toBe(false)
    const policy = await organisation.policy()
    expect(await refusal(restoreGroup({ state: shelves.survivor.last, policy, store: new Shelf(), now }))).toBe('ended')
  })
})

describe('a stored state', () => {
  it('goes on where it stopped', async () => {
    const { advocate, survivor, shelves, organisation } = await talk()
    const first = await advocate.encrypt(bytes('1'))
    await survivor.process(first)
    const shelf = new Shelf()
    const restored = await restoreGroup({
      state: shelves.survivor.last,
      policy: await organisation.policy(),
      store: shelf,
      now,
    })
    expect(await refusal(restored.process(first))).toBe('replay')
    expect(await inAgreement(advocate, restored)).toBe(true)
    expect(shelf.states.length).toBeGreaterThan(0)
  })

  it('holds a commit that waited for the server, which can still be accepted or discarded', async () => {
    for (const how of ['accept', 'discard'] as const) {
      const { advocate, survivor, shelves, organisation, keyPackage } = await talk()
      const colleague = await keyPackageFor(organisation.staff(), now)
      const pending = await advocate.add([colleague.message])
      const policy = await organisation.policy({ pseudonyms: [keyPackage] })
      const restored = await restoreGroup({ state: shelves.advocate.last, policy, store: new Shelf(), now })
      expect(restored.pending!.commit).toEqual(pending.commit)
      expect(restored.pending!.welcome).toEqual(pending.welcome)
      expect(restored.pending!.added).toHaveLength(1)
      await restored.pending![how]()
      if (how === 'accept') await survivor.process(pending.commit)
      expect(restored.epoch).toBe(how === 'accept' ? 2n : 1n)
      expect(await inAgreement(restored, survivor)).toBe(true)
    }
  })

  it('is asked of the new policy, not of the old one', async () => {
    const { shelves, organisation, advocate } = await talk()
    const staff = advocate.me.identity
    if (staff.kind !== 'staff') throw new Error('an advocate is staff')
    const policy = await organisation.policy({ revoked: [staff.deviceId] })
    const restored = await restoreGroup({ state: shelves.survivor.last, policy, store: new Shelf(), now })
    expect(await refusal(restored.encrypt(bytes('x')))).toBe('untrusted revoked')
    expect(await refusal(restored.process(await advocate.encrypt(bytes('x'))))).toEqual(['untrusted', 'revoked'])
  })

  it('that is not one is refused', async () => {
    const { shelves, organisation } = await talk()
    const policy = await organisation.policy()
    const state = shelves.survivor.last
    const bad = [
      new Uint8Array(),
      state.slice(0, -1),
      concat(state, Uint8Array.of(0)),
      concat(Uint8Array.of(2), state.slice(1)),
    ]
    for (const one of bad) {
      expect(await refusal(restoreGroup({ state: one, policy, store: new Shelf(), now }))).toBe('malformed')
    }
  })
})

describe('people who are no longer believed', () => {
  it('hear nothing more and are heard no more, as soon as the newer list is known', async () => {
    const { advocate, survivor, organisation } = await talk()
    const { identity } = advocate.me
    if (identity.kind !== 'staff') throw new Error('an advocate is staff')
    expect(await survivor.review()).toEqual([])
    survivor.usePolicy(await organisation.policy({ revoked: [identity.deviceId] }))
    expect(await survivor.review()).toMatchObject([{ member: { mark: advocate.me.mark }, reason: 'revoked' }])
    expect(await refusal(survivor.encrypt(bytes('x')))).toBe('untrusted revoked')
    expect(await refusal(survivor.process(await advocate.encrypt(bytes('x'))))).toEqual(['untrusted', 'revoked'])
    expect(await refusal(survivor.process((await advocate.update()).commit))).toEqual(['untrusted', 'revoked'])
  })

  it('are so when the certificate or the list runs out, by the clock of the reader', async () => {
    const organisation = new Organisation()
    let clock = NOW
    const fresh = await pseudonymKeyPackage(now)
    const maker = await createGroup({
      me: organisation.staff(),
      policy: await organisation.policy({ pseudonyms: [fresh] }),
      now,
    })
    const added = await maker.add([fresh.message])
    await added.accept()
    const policy = await organisation.policy({ at: () => clock })
    const survivor = await joinGroup({ welcome: added.welcome!, keyPackage: fresh, policy, now: () => clock })
    clock = NOW + 7 * DAY + 600
    expect(await heard(survivor, await maker.encrypt(bytes('on the last second')))).toBe('on the last second')
    clock += 1
    expect(await refusal(survivor.process(await maker.encrypt(bytes('late'))))).toMatchObject([
      'untrusted',
      expect.any(String),
    ])
  })
})

describe('closing', () => {
  it('overwrites the keys and ends everything', async () => {
    const { advocate, survivor } = await talk()
    const message = await advocate.encrypt(bytes('x'))
    const pending = await survivor.update()
    survivor.close()
    expect(await refusal(survivor.process(message))).toBe('ended')
    expect(await refusal(survivor.encrypt(bytes('x')))).toBe('ended')
    expect(await refusal(pending.accept())).toBe('ended')
    expect(survivor.pending).toBeNull()
  })

  it('in the middle of an act stores nothing that was wiped: what is kept opens again', async () => {
    for (const act of ['encrypt', 'update', 'process'] as const) {
      const { advocate, survivor, shelves, organisation } = await talk()
      const incoming = await advocate.encrypt(bytes('x'))
      const acting = act === 'update' ? survivor.update() : survivor[act](act === 'process' ? incoming : bytes('y'))
      const refused = refusal(acting)
      // Let it begin, and close while it waits for WebCrypto.
      await Promise.resolve().then(() => survivor.close())
      expect(['ended', 'not_allowed', 'undecryptable']).toContain(await refused)
      const policy = await organisation.policy()
      const restored = await restoreGroup({ state: shelves.survivor.last, policy, store: new Shelf(), now })
      expect(await inAgreement(advocate, restored)).toBe(true)
    }
  })
})

describe('a used key package', () => {
  it('joins one group only, and its private keys are gone', async () => {
    const { keyPackage, organisation, advocate } = await talk()
    expect(() => keyPackage.export()).toThrow('used')
    const other = await createGroup({
      me: organisation.staff(),
      policy: await organisation.policy({ pseudonyms: [keyPackage] }),
      now,
    })
    const again = await other.add([keyPackage.message])
    const policy = await organisation.policy()
    await expect(joinGroup({ welcome: again.welcome!, keyPackage, policy, now })).rejects.toThrow('used')
    expect(advocate.members).toHaveLength(2)
  })
})

/** Keys that a state holds. */
function heldSecrets(stored: Bytes): Bytes[] {
  const { state } = stateDecode(stored, clientConfig({ validateCredential: async () => true }))
  const keys = Object.values(state.privatePath.privateKeys)
  const { initSecret, exporterSecret } = state.keySchedule
  return [state.signaturePrivateKey, initSecret, exporterSecret, ...keys].map((key) => Uint8Array.from(key))
}

async function generationOf(message: Bytes, state: ClientState): Promise<number | undefined> {
  const [decoded] = decodeMlsMessage(message, 0) ?? []
  if (decoded?.wireformat !== 'mls_private_message') throw new Error('not a private message')
  const data = await decryptSenderData(decoded.privateMessage, state.keySchedule.senderDataSecret, await suite())
  return data?.generation
}

function includes(whole: Bytes, part: Bytes): boolean {
  return Buffer.from(whole).includes(Buffer.from(part))
}

function survivorLeaf(group: SecureGroup): Pick<OwnKeyPackage, 'identity' | 'signatureKey'> {
  const found = group.members.find((member) => member.identity.kind === 'pseudonym')
  if (found?.identity.kind !== 'pseudonym') throw new Error('no survivor')
  return { identity: concat(Uint8Array.of(2), found.identity.id), signatureKey: found.signatureKey }
}
