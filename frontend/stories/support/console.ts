/** Desks in any state, from made-up people, over the tests' staff server in memory: the keys and certificates are real, nobody is asked. */

import { mount } from 'svelte'
import Console from '../../src/console/Console.svelte'
import '../../src/console/console.css'
import type { Card, Level, Queue, Role, StaffApi, TotpSecret } from '../../src/console/staff'
import type { Held } from '../../src/console/talks.svelte'
import { Visit } from '../../src/console/visit.svelte'
import type { Relay } from '../../src/conversation/engine'
import type { ConversationState, Message, Notice, NoticeBody } from '../../src/conversation/types'
import type { Member } from '../../src/e2ee/types'
import { languagesLoad, languageUse } from '../../src/shared/fluent'
import { systemTime } from '../../src/net/time'
import { FakeStaff, memoryStore } from '../../tests/console/fake_staff'
import type { Stage, Story } from '../story'

const MINUTE = 60_000
const seconds = (): number => Math.floor(Date.now() / 1000)
const nowhere = (): never => {
  throw new Error('a story reaches no server')
}
const relay: Relay = { socket: nowhere, exchange: null, time: systemTime, random: () => 0.5 }

/** A connection that is open and says nothing. */
const quietSocket = (): WebSocket => ({ readyState: 1, close: () => undefined }) as unknown as WebSocket

export interface Setting {
  readonly roles?: readonly Role[]
  readonly queue?: Partial<Queue>
  /** What happened before, by whoever it is; `visit.desk` is open and its trust answer read. */
  readonly before?: (scene: Scene) => Promise<void>
  /** What is done on the screen: CSS selectors to click, one after the other. */
  readonly press?: readonly string[]
}

export interface Scene {
  readonly visit: Visit
  readonly server: FakeStaff
  readonly desk: NonNullable<Visit['desk']>
  /** Another person of the organisation, with a desk in another browser. */
  colleague(name: string, ...roles: Role[]): Promise<NonNullable<Visit['desk']>>
}

function visitOf(server: FakeStaff, name: string, roles: readonly Role[]): Visit {
  const user = server.user(name, ...roles)
  const api: StaffApi = Object.assign(server.apiFor(user), {
    session: () => Promise.resolve({ csrf: '', user }),
    onSessionLost: () => undefined,
    logoutUnheard: () => undefined,
  })
  return new Visit({ api, relay, store: memoryStore().open, socket: quietSocket, invitation: null })
}

async function arrived(visit: Visit): Promise<NonNullable<Visit['desk']>> {
  await visit.start()
  if (visit.desk === null) throw new Error('nobody arrived')
  await visit.desk.open()
  return visit.desk
}

/** The desk of somebody who is logged in. */
export function deskStory(setting: Setting = {}): Story {
  return async ({ place, language }) => {
    await textsOf(language)
    const server = new FakeStaff(seconds)
    server.queue = { requests: [], mine: [], on_shift: 1, shift: true, ...setting.queue }
    const visit = visitOf(server, 'Ana', setting.roles ?? ['advocate'])
    const desk = await arrived(visit)
    const colleague: Scene['colleague'] = (name, ...roles) => arrived(visitOf(server, name, roles))
    await setting.before?.({ visit, server, desk, colleague })
    mount(Console, { target: place, props: { visit } })
    await pressed(place, setting.press ?? [])
  }
}

/** A screen before the log-in. `answers` are the calls that are made there. */
export function doorStory(
  answers: Partial<StaffApi>,
  o: { invitation?: string; press?: readonly string[]; fill?: Readonly<Record<string, string>> } = {},
): Story {
  return async ({ place, language }) => {
    await textsOf(language)
    const api = { session: () => Promise.resolve({ csrf: '', user: null }), onSessionLost: () => undefined, ...answers }
    const visit = new Visit({ api: api as unknown as StaffApi, relay, invitation: o.invitation ?? null })
    await visit.start()
    mount(Console, { target: place, props: { visit } })
    for (const [name, value] of Object.entries(o.fill ?? {})) {
      const field = place.querySelector<HTMLInputElement>(`input[name="${name}"]`)
      if (field === null) continue
      field.value = value
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    await pressed(place, o.press ?? [])
  }
}

async function textsOf(language: Stage['language']): Promise<void> {
  await languageUse(language, ['shared', 'console'])
  await languagesLoad()
}

async function pressed(place: HTMLElement, selectors: readonly string[]): Promise<void> {
  await settled()
  for (const selector of selectors) {
    const found = place.querySelector<HTMLElement>(selector)
    if (found === null) throw new Error(`nothing to press: ${selector}`)
    found.click()
    await settled()
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60))

export const SECRET: TotpSecret = {
  totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  totp_uri: 'otpauth://totp/Console:ana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Console',
}

/** Makes the person at this desk a certified signing device and, with `work`, a certified browser. */
export async function supervising({ desk, server }: Pick<Scene, 'desk' | 'server'>, work = true): Promise<void> {
  await desk.signingNew()
  await desk.signingCertified(server.rootCertify(desk.trust.signing.request ?? ''))
  await desk.refresh()
  if (!work) return
  await desk.enrol()
  for (const request of desk.trust.requests) await desk.certify(request)
  await desk.refresh()
}

/** Has a colleague certify the browser at this desk. */
export async function certified(scene: Scene): Promise<NonNullable<Visit['desk']>> {
  const boss = await scene.colleague('Ruth', 'supervisor')
  await supervising({ desk: boss, server: scene.server }, false)
  await scene.desk.enrol()
  await boss.refresh()
  for (const request of boss.trust.requests) await boss.certify(request)
  await scene.desk.refresh()
  return boss
}

export function card(id: string, level: Level, minutes: number, more: Partial<Card> = {}): Card {
  const base: Card = { id, level, state: 'waiting', language: 'en', topics: [], region: '', since: 0, reopened: 0 }
  return { ...base, since: seconds() - minutes * 60, ...more }
}

export function message(id: string, minutes: number, text: string, more: Partial<Message> = {}): Message {
  const at = Date.now() - minutes * MINUTE
  const mine = more.mine ?? false
  const base = { id, mine, from: mine ? 'ana' : 'person', text, at, readAt: at, timer: 86_400, once: false }
  return { ...base, goneAt: at + 86_400_000, state: 'seen', ...more }
}

const ANA: Member = {
  mark: 'ana',
  signatureKey: new Uint8Array(32),
  identity: {
    kind: 'staff',
    organisation: 'casa-clara',
    deviceId: new Uint8Array(16),
    signingDeviceId: new Uint8Array(16),
    name: 'Ana',
    role: 'advocate',
    notAfter: seconds() + 5 * 86_400,
  },
}
export const PERSON: Member = {
  mark: 'person',
  signatureKey: new Uint8Array(32),
  identity: { kind: 'pseudonym', id: new Uint8Array(16) },
}

export const notices = (...bodies: readonly NoticeBody[]): Notice[] =>
  bodies.map((body, index) => ({ ...body, number: index + 1, at: Date.now() - (bodies.length - index) * MINUTE }))

/** A conversation that stands still. */
export function held(
  id: string,
  level: Level,
  more: Partial<ConversationState> & { note?: string; language?: string } = {},
): Held {
  const { note = '', language = 'en', ...state } = more
  const shown: ConversationState = {
    connection: 'online',
    members: [ANA, PERSON],
    me: 'ana',
    messages: [],
    notices: notices({ kind: 'joined', member: PERSON }),
    timer: 86_400,
    safetyNumber: '01234 56789 01234 56789 01234 56789 01234 56789 01234 56789 01234 56789',
    ...state,
  }
  const still = (): Promise<void> => Promise.resolve()
  const conversation = {
    state: shown,
    subscribe: (run: (state: ConversationState) => void) => {
      run(shown)
      return () => undefined
    },
    sendText: () => '',
    setTimer: () => undefined,
    markRead: () => undefined,
    closeOnce: () => undefined,
    burn: () => undefined,
    rejoin: still,
  }
  const acts = { trustChanged: still, wake: () => undefined, giveBack: still, close: still, destroy: () => undefined }
  return { id, level, note: { text: note, language }, conversation, ...acts }
}
