import { beforeEach, describe, expect, it } from 'vitest'
import { intakeOpen } from '../../src/console/intake'
import { DAYS_AHEAD } from '../../src/console/intake_plan'
import { codeOf, type Role, type StaffUser } from '../../src/console/staff'
import { Trust } from '../../src/console/trust.svelte'
import { signingKeys } from '../../src/e2ee/ed25519'
import { signedDecode, signedEncode } from '../../src/e2ee/signed'
import { b64Decode, b64Encode, type Bytes } from '../../src/net/bytes'
import { FakeStaff, memoryStore, ORGANISATION } from './fake_staff'

const DAY = 86_400
let now = 1_790_000_000
let server: FakeStaff

interface Browser {
  trust: Trust
  user: StaffUser
  store: ReturnType<typeof memoryStore>
  /** The same person in the same browser, after a reload. */
  again(): Promise<Trust>
}

async function browser(username: string, ...roles: Role[]): Promise<Browser> {
  const user = server.user(username, ...roles)
  const store = memoryStore()
  const again = async (): Promise<Trust> => {
    const trust = new Trust(server.apiFor(user), user, store.open, () => now)
    await trust.load()
    return trust
  }
  return { trust: await again(), user, store, again }
}

/** A supervisor whose browser signs and works. */
async function supervisor(username = 'sole'): Promise<Browser> {
  const one = await browser(username, 'advocate', 'supervisor')
  await one.trust.signing.make()
  await one.trust.signing.certified(server.rootCertify(one.trust.signing.request ?? ''))
  await one.trust.upkeep()
  await one.trust.enrol()
  await certifyAll(one.trust)
  return one
}

async function certifyAll(signer: Trust): Promise<void> {
  await signer.load()
  for (const request of signer.requests) await signer.signing.certify(request)
}

const standing = (trust: Trust): string => trust.standingAt(now * 1000)
const refusal = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'none',
    (error: unknown) => codeOf(error),
  )
const keyIds = (): string[] =>
  server.intake.map(({ key }) => b64Encode(signedDecode('intakeKey', b64Decode(key) as Bytes).body.keyId))

beforeEach(() => {
  now = 1_790_000_000
  server = new FakeStaff(() => now)
})

describe('setting a browser up', () => {
  it('goes from nothing to certified, and shows both people the same numbers', async () => {
    const boss = await supervisor()
    const ana = await browser('ana', 'advocate')
    expect(standing(ana.trust)).toBe('none')
    await ana.trust.enrol()
    expect(standing(ana.trust)).toBe('requested')
    await boss.trust.load()
    const [request] = boss.trust.requests
    expect(request?.fingerprint).toBe(ana.trust.workFingerprint)
    await certifyAll(boss.trust)
    await ana.trust.load()
    expect(standing(ana.trust)).toBe('certified')
    expect(ana.trust.claimKeys()).not.toBeNull()
  })

  it('keeps its keys over a reload', async () => {
    const boss = await supervisor()
    const again = await boss.again()
    expect(standing(again)).toBe('certified')
    expect(again.signing.maySignAt(now * 1000)).toBe(true)
    expect(again.workFingerprint).toBe(boss.trust.workFingerprint)
  })

  it('says so where the browser keeps nothing', async () => {
    const user = server.user('ana', 'advocate')
    const store = memoryStore()
    store.refuse()
    const trust = new Trust(server.apiFor(user), user, store.open, () => now)
    await trust.load()
    expect(trust.storageRefused).toBe(true)
    expect(await refusal(trust.enrol())).toBe('storage')
  })

  it('forgets a request that the server forgot, so that the browser can ask again', async () => {
    const ana = await browser('ana', 'advocate')
    await ana.trust.enrol()
    server.devices.clear()
    await ana.trust.load()
    expect(standing(ana.trust)).toBe('none')
  })

  it('does not certify a request whose key is not the one it vouches for', async () => {
    const boss = await supervisor()
    const ana = await browser('ana', 'advocate')
    await ana.trust.enrol()
    for (const row of server.devices.values()) if (row.owner === 'ana') row.hpkeKey = b64Encode(new Uint8Array(1216))
    await boss.trust.load()
    const [request] = boss.trust.requests
    expect(request?.body).toBeNull()
    expect(await refusal(boss.trust.signing.certify(request!))).toBe('untrusted')
  })
})

describe('the signing device', () => {
  it('takes only a certificate that this root key made for these keys', async () => {
    const boss = await browser('sole', 'supervisor')
    await boss.trust.signing.make()
    const other = await browser('other', 'supervisor')
    await other.trust.signing.make()
    const request = boss.trust.signing.request ?? ''
    expect(await refusal(boss.trust.signing.certified(server.rootCertify(request, signingKeys())))).toBe('wrong_root')
    const forOther = server.rootCertify(other.trust.signing.request ?? '')
    expect(await refusal(boss.trust.signing.certified(forOther))).toBe('wrong_certificate')
    expect(await refusal(boss.trust.signing.certified('nonsense'))).toBe('wrong_certificate')
    expect(boss.trust.signing.maySignAt(now * 1000)).toBe(false)
    await boss.trust.signing.certified(server.rootCertify(request))
    expect(boss.trust.signing.maySignAt(now * 1000)).toBe(true)
  })

  it('is renewed with the same keys before its end', async () => {
    const boss = await supervisor()
    now += 340 * DAY
    await boss.trust.load()
    expect(boss.trust.signing.endingAt(now * 1000)).toBe(true)
    await boss.trust.signing.certified(server.rootCertify(boss.trust.signing.request ?? ''))
    expect(boss.trust.signing.endingAt(now * 1000)).toBe(false)
  })

  it('that was revoked is offered new keys, and signs nothing', async () => {
    const [boss, second] = [await supervisor(), await supervisor('second')]
    await boss.trust.load()
    const mark = second.trust.chain?.signing.find((one) => second.trust.signing.isHere(one.certificate.deviceId))
    await boss.trust.signing.revoke(mark!.certificate.deviceId)
    await second.trust.load()
    expect(second.trust.signing.maySignAt(now * 1000)).toBe(false)
    expect(second.trust.signing.request).toBeNull()
    expect(standing(second.trust)).toBe('ended')
  })
})

describe('renewal', () => {
  it('gives seven more days to keys that were compared once, also when their time is over', async () => {
    const boss = await supervisor()
    const ana = await browser('ana', 'advocate')
    await ana.trust.enrol()
    await certifyAll(boss.trust)
    now += 8 * DAY
    await boss.trust.load()
    await boss.trust.upkeep()
    await ana.trust.load()
    expect(standing(ana.trust)).toBe('ended')
    expect(ana.trust.claimKeys()).toBeNull()
    await boss.trust.load()
    for (const device of boss.trust.devices) await boss.trust.signing.renew(device)
    const fingerprint = ana.trust.workFingerprint
    await ana.trust.load()
    expect([standing(ana.trust), ana.trust.workFingerprint]).toEqual(['certified', fingerprint])
  })

  it('is not for a revoked device', async () => {
    const boss = await supervisor()
    const ana = await browser('ana', 'advocate')
    await ana.trust.enrol()
    await certifyAll(boss.trust)
    const device = boss.trust.devices.find((one) => one.name === 'ana')!
    await boss.trust.signing.revoke(device.deviceId)
    expect(await refusal(boss.trust.signing.renew(device))).toBe('revoked')
    await ana.trust.load()
    expect(standing(ana.trust)).toBe('revoked')
    expect(ana.trust.claimKeys()).toBeNull()
  })
})

describe('the revocation list', () => {
  it('is issued anew before its end, with a higher number and everybody who was revoked', async () => {
    const boss = await supervisor()
    const ana = await browser('ana', 'advocate')
    await ana.trust.enrol()
    await certifyAll(boss.trust)
    await boss.trust.signing.revoke(boss.trust.devices.find((one) => one.name === 'ana')!.deviceId)
    const before = boss.trust.chain?.list
    await boss.trust.upkeep()
    expect(boss.trust.listNumber).toBe(before?.number)
    now += 3 * DAY
    await boss.trust.load()
    await boss.trust.upkeep()
    expect(boss.trust.listNumber).toBe((before?.number ?? 0) + 1)
    expect(boss.trust.chain?.list?.revoked).toEqual(before?.revoked)
  })

  it('that ran out stops everybody, until a supervisor opens the console', async () => {
    const boss = await supervisor()
    now += 7 * DAY + 601
    const again = await boss.again()
    expect(again.failure).toBe('list_stale')
    expect([again.claimKeys(), standing(again)]).toEqual([null, 'unknown'])
    await again.upkeep()
    expect(again.failure).toBeNull()
    for (const device of again.devices) await again.signing.renew(device)
    expect(again.claimKeys()).not.toBeNull()
  })

  it('of a colleague who was faster is taken, and nothing is lost by it', async () => {
    const [boss, second] = [await supervisor(), await supervisor('second')]
    await boss.trust.load()
    const number = boss.trust.listNumber ?? 0
    now += 3 * DAY
    await second.trust.load()
    await second.trust.upkeep()
    await boss.trust.upkeep()
    expect([boss.trust.listNumber, boss.trust.failure]).toEqual([number + 1, null])
  })

  it('is refused where it is older than one that this browser saw', async () => {
    const boss = await supervisor()
    const old = server.list
    await boss.trust.signing.revoke(new Uint8Array(16).fill(9))
    server.list = old
    const again = await boss.again()
    expect(again.failure).toBe('list_older')
    expect(() => again.demandBelieved()).toThrow()
  })
})

describe('the root', () => {
  it('is pinned at the first visit; another one later is refused', async () => {
    const boss = await supervisor()
    server.shownRoot = signingKeys().publicKey
    const again = await boss.again()
    expect(again.failure).toBe('root')
    expect(again.claimKeys()).toBeNull()
  })

  it('is followed where the old one signed the new one, and stays compared', async () => {
    const boss = await supervisor()
    await boss.trust.rootCompared()
    const fresh = signingKeys()
    const body = { organisation: ORGANISATION, oldKey: server.root.publicKey, newKey: fresh.publicKey, at: now }
    server.rotations = [b64Encode(signedEncode('rootRotation', body, server.root.privateKey))]
    server.shownRoot = fresh.publicKey
    server.list = null
    const again = await boss.again()
    expect(again.failure).toBe('no_list')
    expect(again.compared).toBe(true)
  })

  it('counts as compared only once the person said so, also after a reload', async () => {
    const ana = await browser('ana', 'advocate')
    expect(ana.trust.compared).toBe(false)
    expect(ana.trust.rootFingerprint).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
    await ana.trust.rootCompared()
    expect((await ana.again()).compared).toBe(true)
  })
})

describe('intake keys', () => {
  it('are made for each day ahead, once', async () => {
    const boss = await supervisor()
    expect(server.intake).toHaveLength(DAYS_AHEAD)
    await boss.trust.upkeep()
    expect(server.intake).toHaveLength(DAYS_AHEAD)
  })

  it('made before a colleague came are passed on, and open for them', async () => {
    const boss = await supervisor()
    const ana = await browser('ana', 'advocate')
    await ana.trust.enrol()
    await certifyAll(boss.trust)
    await ana.trust.load()
    const opened = await Promise.all(keyIds().map((id) => ana.trust.claimKeys()!.intakeKey(id)))
    expect(opened.map((half) => half?.length)).toEqual(Array(DAYS_AHEAD).fill(32))
  })

  it('that nobody passed on yet hold a new browser back for a while, and not for ever', async () => {
    const boss = await supervisor()
    const signer = await browser('signer', 'supervisor')
    await signer.trust.signing.make()
    await signer.trust.signing.certified(server.rootCertify(signer.trust.signing.request ?? ''))
    const ana = await browser('ana', 'advocate')
    await ana.trust.enrol()
    await certifyAll(signer.trust)
    await ana.trust.load()
    expect(ana.trust.keysComing(now * 1000)).toBe(true)
    await ana.trust.upkeep()
    expect([ana.trust.gap.count, ana.trust.keysComing(now * 1000)]).toEqual([DAYS_AHEAD, true])
    expect(ana.trust.keysComing((now + 181) * 1000)).toBe(false)
    await boss.trust.load()
    await boss.trust.upkeep()
    await ana.trust.upkeep()
    expect([ana.trust.gap.count, ana.trust.keysComing(now * 1000)]).toEqual([0, false])
  })

  it('are all replaced at once after a revocation, and the revoked device opens none of the new ones', async () => {
    const boss = await supervisor()
    const ana = await browser('ana', 'advocate')
    await ana.trust.enrol()
    await certifyAll(boss.trust)
    await ana.trust.load()
    const keys = { keys: ana.trust.claimKeys()!.device, organisation: ORGANISATION }
    const old = keyIds()
    await boss.trust.signing.revoke(boss.trust.devices.find((one) => one.name === 'ana')!.deviceId)
    await boss.trust.upkeep()
    const fresh = keyIds().filter((id) => !old.includes(id))
    expect(fresh).toHaveLength(DAYS_AHEAD)
    for (const id of fresh) expect(await intakeOpen(server.apiFor(ana.user), keys, id)).toBeNull()
  })

  it('by somebody whom nobody certified do not count', async () => {
    const boss = await supervisor()
    const stranger = signingKeys()
    for (const one of server.intake) {
      const { body } = signedDecode('intakeKey', b64Decode(one.key) as Bytes)
      one.key = b64Encode(signedEncode('intakeKey', body, stranger.privateKey))
    }
    await boss.trust.upkeep()
    expect(server.intake).toHaveLength(2 * DAYS_AHEAD)
  })
})

describe('the clock', () => {
  it('is spoken of where it differs from the server’s by more than five minutes', async () => {
    const ana = await browser('ana', 'advocate')
    expect(ana.trust.clockOff).toBe(0)
    server.ahead = -900
    await ana.trust.load()
    expect(ana.trust.clockOff).toBe(15)
  })
})
