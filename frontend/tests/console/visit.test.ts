import { beforeEach, describe, expect, it } from 'vitest'
import type { Session, StaffApi } from '../../src/console/staff'
import { Visit } from '../../src/console/visit.svelte'
import type { Relay } from '../../src/conversation/engine'
import { ApiError } from '../../src/net/http'
import { settled, VirtualTime } from '../support/virtual_time'
import { FakeStaff, memoryStore } from './fake_staff'
import { held } from './held'

const nowhere = (): never => {
  throw new Error('no relay here')
}
let calls: string[]
let lost: () => void
let session: Session
let visit: Visit

function visitOf(invitation: string | null = null): Visit {
  const time = new VirtualTime()
  const server = new FakeStaff(() => Math.floor(time.now() / 1000))
  session = { csrf: 'c', user: server.user('ana', 'advocate') }
  const api: StaffApi = Object.assign(server.apiFor(server.user('ana', 'advocate')), {
    session: () => Promise.resolve(session),
    onSessionLost: (told: () => void) => (lost = told),
    logout: () => Promise.resolve(void calls.push('logout')),
    logoutUnheard: () => void calls.push('logout unheard'),
  })
  const relay: Relay = { socket: nowhere, exchange: null, time, random: () => 0.5 }
  const socket = (): WebSocket => ({ readyState: 1, close: () => undefined }) as unknown as WebSocket
  return new Visit({ api, relay, store: memoryStore().open, socket, invitation })
}

const other = (): Session => ({ csrf: 'd', user: { ...session.user!, username: 'somebody' } })

beforeEach(async () => {
  calls = []
  visit = visitOf()
  await visit.start()
  await settled()
})

describe('a visit', () => {
  it('goes on with a session that is there', () => {
    expect(visit.screen).toBe('desk')
    expect(visit.desk).not.toBeNull()
  })

  it('follows an invitation before any session', async () => {
    const invited = visitOf('token')
    await invited.start()
    expect([invited.screen, invited.desk]).toEqual(['setup', null])
  })

  it('says that the server does not answer, and tries again', async () => {
    const one = visitOf()
    const { api } = one
    const answer = api.session.bind(api)
    api.session = () => Promise.reject(new ApiError('net.unreachable', 0))
    await one.start()
    expect(one.screen).toBe('unreachable')
    api.session = answer
    await one.start()
    expect(one.screen).toBe('desk')
  })

  it('keeps conversations while the same person logs in again', () => {
    const { desk } = visit
    desk?.talks.add(held('one').held, 'draft')
    lost()
    expect(visit.screen).toBe('expired')
    visit.arrived(session)
    expect([visit.screen, visit.desk, desk?.talks.open[0]?.draft]).toEqual(['desk', desk, 'draft'])
  })

  it('fetches a fresh value for the log-in when the session is lost, once', () => {
    let asked = 0
    visit.api.session = () => Promise.resolve({ csrf: `${(asked += 1)}`, user: null })
    lost()
    lost()
    expect(asked).toBe(1)
  })

  it('shows nobody else’s conversations to the next person', async () => {
    const one = held('one')
    visit.desk?.talks.add(one.held, '')
    lost()
    visit.arrived(other())
    expect([visit.screen, visit.user?.username]).toEqual(['stranger', 'ana'])
    await visit.leave()
    expect([visit.screen, visit.desk, visit.user]).toEqual(['login', null, null])
    expect(one.acts).toContain('destroyed')
  })

  it('gives conversations back before it logs out', async () => {
    const one = held('one')
    visit.desk?.talks.add(one.held, '')
    await visit.leave()
    expect(one.acts[0]).toBe('return lost')
    expect(calls).toEqual(['logout'])
  })

  it('forgets everything at the exit, and asks for the session’s end without waiting', () => {
    const one = held('one')
    visit.desk?.talks.add(one.held, '')
    visit.forget('exit')
    expect([visit.desk, visit.user, calls]).toEqual([null, null, ['logout unheard']])
    expect(one.acts).toContain('destroyed')
  })

  it('forgets everything, but stays logged in, when the page is only reloaded', () => {
    visit.forget('hidden')
    expect([visit.desk, calls]).toEqual([null, []])
  })
})
