import { beforeEach, describe, expect, it } from 'vitest'
import { Desk } from '../../src/console/desk.svelte'
import type { Card, Queue, Role } from '../../src/console/staff'
import type { Relay } from '../../src/conversation/engine'
import { ApiError } from '../../src/net/http'
import { settled, VirtualTime } from '../support/virtual_time'
import { FakeStaff, memoryStore } from './fake_staff'
import { held } from './held'

const nowhere = (): never => {
  throw new Error('no relay here')
}
let time: VirtualTime
let server: FakeStaff

const card = (id: string): Card => ({
  id,
  level: 'soon',
  state: 'waiting',
  language: 'en',
  topics: [],
  region: '',
  since: 0,
  reopened: 0,
})

async function deskOf(name: string, ...roles: Role[]): Promise<Desk> {
  const user = server.user(name, ...roles)
  const relay: Relay = { socket: nowhere, exchange: null, time, random: () => 0.5 }
  const socket = (): WebSocket => ({ readyState: 1, close: () => undefined }) as unknown as WebSocket
  const desk = new Desk({ api: server.apiFor(user), user, relay, store: memoryStore().open, socket })
  await desk.open()
  await settled()
  return desk
}

const queueIs = (change: Partial<Queue>): void => void (server.queue = { ...server.queue, ...change })

beforeEach(() => {
  time = new VirtualTime()
  server = new FakeStaff(() => Math.floor(time.now() / 1000))
})

describe('the desk of a new organisation', () => {
  it('leads from nothing to an advocate who may answer, by its own upkeep', async () => {
    const [boss, ana] = [await deskOf('boss', 'supervisor'), await deskOf('ana', 'advocate')]
    expect([boss.trust.failure, ana.mayClaimAt(time.now())]).toEqual(['no_list', false])
    await boss.signingNew()
    await boss.signingCertified(server.rootCertify(boss.trust.signing.request ?? ''))
    expect(boss.trust.failure).toBeNull()
    await ana.enrol()
    boss.page = 'devices'
    await time.advance(10_000)
    await boss.certify(boss.trust.requests[0]!)
    await time.advance(10_000)
    expect(ana.mayClaimAt(time.now())).toBe(true)
    expect(server.intake.length).toBeGreaterThan(0)
    boss.destroy()
    ana.destroy()
  })

  it('does not let a supervisor who is no advocate answer, nor an advocate sign', async () => {
    const boss = await deskOf('boss', 'supervisor')
    const ana = await deskOf('ana', 'advocate')
    expect([boss.advises, ana.supervises]).toEqual([false, false])
    await boss.shiftToggle()
    expect(server.queue.shift).toBe(false)
    expect(ana.maySignAt(time.now())).toBe(false)
  })
})

describe('conversations at the desk', () => {
  it('that are not here any more are shown as left, and can be given back', async () => {
    queueIs({ mine: [card('lost'), card('open')] })
    const ana = await deskOf('ana', 'advocate')
    ana.talks.add(held('open').held, '')
    expect(ana.left.map((one) => one.id)).toEqual(['lost'])
    await ana.giveBack('lost', 'lost')
    expect(server.calls).toEqual(['return lost lost'])
  })

  it('are given back or ended, and then forgotten', async () => {
    queueIs({ mine: [card('one'), card('two')] })
    const ana = await deskOf('ana', 'advocate')
    const [one, two] = [held('one'), held('two')]
    ana.talks.add(one.held, '')
    ana.talks.add(two.held, '')
    await ana.end(ana.talks.open[0]!, 'return')
    await ana.end(ana.talks.open[0]!, 'close')
    expect(one.acts).toEqual(['return mistake', 'unsubscribed', 'destroyed'])
    expect(two.acts).toEqual(['end', 'unsubscribed', 'destroyed'])
    expect(ana.talks.open).toEqual([])
  })

  it('stay, and say why, where ending them was refused', async () => {
    const ana = await deskOf('ana', 'advocate')
    const one = held('one')
    one.refuse(new ApiError('net.unreachable', 0))
    ana.talks.add(one.held, '')
    await ana.end(ana.talks.open[0]!, 'close')
    expect(ana.talks.open[0]).toMatchObject({ refusal: 'net.unreachable', busy: false })
  })

  it('are given back when the advocate logs out, so that nobody waits in vain', async () => {
    const ana = await deskOf('ana', 'advocate')
    const [one, over] = [held('one'), held('over')]
    ana.talks.add(one.held, '')
    ana.talks.add(over.held, '')
    over.show({ connection: 'ended' })
    await ana.leave()
    expect(one.acts).toContain('return lost')
    expect(over.acts).not.toContain('return lost')
  })

  it('learn of a newer revocation list', async () => {
    const boss = await deskOf('boss', 'advocate', 'supervisor')
    await boss.signingNew()
    await boss.signingCertified(server.rootCertify(boss.trust.signing.request ?? ''))
    await boss.refresh()
    const one = held('one')
    boss.talks.add(one.held, '')
    await boss.refresh()
    expect(one.acts).not.toContain('trust')
    await boss.revoke(new Uint8Array(16).fill(7))
    expect(one.acts).toContain('trust')
  })

  it('leave nothing behind when the desk is destroyed', async () => {
    const ana = await deskOf('ana', 'advocate')
    const one = held('one')
    ana.talks.add(one.held, 'unsent words')
    const talk = ana.talks.open[0]!
    ana.destroy()
    expect([talk.draft, ana.talks.open.length, ana.trust.chain]).toEqual(['', 0, null])
    expect(one.acts).toContain('destroyed')
  })
})

describe('a request that this browser cannot open', () => {
  it('goes back at once and is not tried again for a while: each try costs the person a key package', async () => {
    const boss = await deskOf('boss', 'advocate', 'supervisor')
    await boss.signingNew()
    await boss.signingCertified(server.rootCertify(boss.trust.signing.request ?? ''))
    await boss.enrol()
    await boss.certify(boss.trust.requests[0]!)
    queueIs({ requests: [card('sealed')] })
    await boss.queue.refresh()
    await boss.claimFirst()
    expect(boss.refusal).toBe('console.no_intake_key')
    expect(server.calls).toEqual(['claim sealed', 'return sealed mistake'])
    expect(boss.isForOthersAt(card('sealed'), time.now())).toBe(true)
    await boss.claim(card('sealed'))
    await boss.claimFirst()
    expect(server.calls).toHaveLength(2)
    await time.advance(180_000)
    expect(boss.isForOthersAt(card('sealed'), time.now())).toBe(false)
    await boss.claimFirst()
    expect(server.calls).toHaveLength(4)
    expect([boss.talks.open.length, boss.claiming]).toEqual([0, null])
  })
})

describe('the trust answer', () => {
  it('that cannot be read is said, asked for again soon, and then forgotten', async () => {
    const user = server.user('ana', 'advocate')
    const api = server.apiFor(user)
    let down = true
    const trust = api.trust.bind(api)
    api.trust = () => (down ? Promise.reject(new ApiError('net.unreachable', 0)) : trust())
    const relay: Relay = { socket: nowhere, exchange: null, time, random: () => 0.5 }
    const socket = (): WebSocket => ({ readyState: 1, close: () => undefined }) as unknown as WebSocket
    const desk = new Desk({ api, user, relay, store: memoryStore().open, socket })
    await desk.open()
    expect(desk.trustRefusal).toBe('net.unreachable')
    down = false
    await time.advance(10_000)
    expect([desk.trustRefusal, desk.trust.loaded]).toEqual([null, true])
  })
})
