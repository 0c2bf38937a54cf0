/** Made-up people, and lines that answer at once or never: for stories and for tests. */

import type { Believed, Core, Kept, Line } from '../../src/app/core'
import type { Conversation } from '../../src/conversation/engine'
import type { LineState } from '../../src/conversation/survivor'
import type { TrustShown } from '../../src/conversation/trust'
import type { ConversationState, Message, Notice, NoticeBody } from '../../src/conversation/types'
import type { Member } from '../../src/e2ee/types'
import type { Organisation } from '../../src/net/rest'

const MINUTE = 60_000
export const never = (): Promise<never> => new Promise(() => undefined)

export const ORGANISATION: Organisation = {
  slug: 'example',
  name: { en: 'Example Help Line', es: 'Línea de Ayuda Ejemplo' },
  languages: ['en', 'es'],
  exceptions: {
    en: 'If a child is being hurt, we must tell child protection.\nIf somebody is about to be hurt badly, we may call for help.\nWe tell you first, if that is safe.',
    es: 'Si están haciendo daño a un niño o una niña, tenemos que avisar a protección de menores.\nSi alguien está a punto de sufrir un daño grave, podemos pedir ayuda.\nTe lo decimos antes, si es seguro.',
  },
  onShift: true,
}

export const OTHER: Organisation = {
  slug: 'other',
  name: { en: 'Another House', es: 'Otra Casa' },
  languages: ['es'],
  exceptions: {},
  onShift: false,
}

export const TRUST: TrustShown = {
  slug: 'example',
  root: new Uint8Array(32),
  fingerprint: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
  pinnedBy: 'first_use',
}

const staff = (mark: string, name: string, role: 'advocate' | 'supervisor' = 'advocate'): Member => ({
  mark,
  signatureKey: new Uint8Array(32),
  identity: {
    kind: 'staff',
    organisation: 'example',
    deviceId: new Uint8Array(16),
    signingDeviceId: new Uint8Array(16),
    name,
    role,
    notAfter: Math.floor(Date.now() / 1000) + 5 * 86_400,
  },
})

export const ANA = staff('ana', 'Ana')
export const RUTH = staff('ruth', 'Ruth Okafor-Lindqvist', 'supervisor')
export const ME: Member = {
  mark: 'me',
  signatureKey: new Uint8Array(32),
  identity: { kind: 'pseudonym', id: new Uint8Array(16) },
}

/** A message that came, or went, some minutes ago. */
export function message(id: string, minutes: number, text: string, more: Partial<Message> = {}): Message {
  const at = Date.now() - minutes * MINUTE
  const mine = more.mine ?? false
  return {
    id,
    mine,
    from: mine ? 'me' : 'ana',
    text,
    at,
    readAt: at,
    timer: 28_800,
    once: false,
    goneAt: at + 28_800_000,
    state: 'seen',
    ...more,
  }
}

/** Notices of the last minutes, a minute apart. */
export function notices(...bodies: readonly NoticeBody[]): readonly Notice[] {
  return bodies.map((body, index) => ({
    ...body,
    number: index + 1,
    at: Date.now() - (bodies.length - index) * MINUTE,
  }))
}

export function talkState(more: Partial<ConversationState> = {}): ConversationState {
  return {
    connection: 'online',
    members: [ANA, ME],
    me: 'me',
    messages: [],
    notices: [{ kind: 'joined', member: ANA, number: 1, at: Date.now() - 40 * MINUTE }],
    timer: 28_800,
    safetyNumber: '01234 56789 01234 56789 01234 56789 01234 56789 01234 56789 01234 56789',
    ...more,
  }
}

export function conversationOf(state: ConversationState): Conversation {
  const shown: Partial<Conversation> = {
    state,
    subscribe: (run) => {
      run(state)
      return () => undefined
    },
    sendText: () => 'sent',
    setTimer: () => undefined,
    markRead: () => undefined,
    closeOnce: () => undefined,
    burn: () => undefined,
    close: () => Promise.resolve(),
    rejoin: () => Promise.resolve(),
    destroy: () => undefined,
  }
  return shown as Conversation
}

export function lineState(more: Partial<LineState> = {}): LineState {
  return {
    phase: 'waiting',
    onShift: true,
    ahead: 2,
    reopened: 0,
    reachable: true,
    refusal: null,
    trust: TRUST,
    trustRefused: null,
    keeping: 'no',
    conversation: null,
    ...more,
  }
}

export function lineOf(state: LineState): Line {
  return {
    state,
    subscribe: (run) => {
      run(state)
      return () => undefined
    },
    retry: () => undefined,
    wake: () => undefined,
    keepReturn: () => Promise.resolve(),
    keepIn: () => Promise.resolve(),
    withdraw: () => Promise.resolve(),
    destroy: () => undefined,
  }
}

export const KEPT: Kept = { erase: () => Promise.resolve(), close: () => Promise.resolve() }

export function core(more: Partial<Core> = {}): Core {
  const believed = (shown: TrustShown): Believed => ({ shown, canAsk: true, ask: () => lineOf(lineState()) })
  return {
    onWake: () => () => undefined,
    organisations: () => Promise.resolve([ORGANISATION]),
    believe: (_slug, fingerprint) =>
      Promise.resolve(believed({ ...TRUST, pinnedBy: fingerprint === null ? 'first_use' : 'link' })),
    textRoom: (text) => 2000 - text.length,
    wordsMake: () => Promise.resolve(['river', 'lemon', 'window', 'garden', 'paper', 'winter']),
    wordsRead: (text) => Promise.resolve(text.split(' ').map((word) => (word === 'rivver' ? null : word))),
    wordsKeep: () => Promise.resolve(),
    back: never,
    canKeep: () => Promise.resolve(true),
    keep: () => Promise.resolve(KEPT),
    resume: never,
    keptErase: () => Promise.resolve(false),
    ...more,
  }
}
