/** A conversation in a test's hands: it records what the desk does with it, and shows what the test says. */

import type { ConversationState, Message, Notice } from '../../src/conversation/types'
import type { Held } from '../../src/console/talks.svelte'

export const STATE: ConversationState = {
  connection: 'online',
  members: [],
  me: 'me',
  messages: [],
  notices: [],
  timer: 86_400,
  safetyNumber: null,
}

export const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  mine: false,
  from: 'person',
  text: id,
  at: 0,
  readAt: null,
  timer: 300,
  once: false,
  goneAt: null,
  state: 'seen',
  ...more,
})

export const joinedAt = (number: number, at: number): Notice => ({ kind: 'restarted', number, at })

export interface Recorded {
  readonly held: Held
  readonly acts: string[]
  show(change: Partial<ConversationState>): void
  /** From now on every ending is refused. */
  refuse(error: Error): void
}

export function held(id: string, o: { language?: string; note?: string } = {}): Recorded {
  const acts: string[] = []
  let state = STATE
  let told: (state: ConversationState) => void = () => undefined
  let refusal: Error | null = null
  const act = (what: string): Promise<void> => {
    if (refusal !== null) return Promise.reject(refusal)
    acts.push(what)
    return Promise.resolve()
  }
  const conversation: Held['conversation'] = {
    get state() {
      return state
    },
    subscribe: (run) => {
      told = run
      run(state)
      return () => void acts.push('unsubscribed')
    },
    sendText: (text, options) => {
      acts.push(`send ${text}${options?.once === true ? ' once' : ''}`)
      return 'sent'
    },
    setTimer: (seconds) => void acts.push(`timer ${seconds}`),
    markRead: (one) => void acts.push(`read ${one}`),
    closeOnce: (one) => void acts.push(`close ${one}`),
    burn: () => void acts.push('burn'),
    rejoin: () => act('rejoin'),
  }
  return {
    acts,
    refuse: (error) => (refusal = error),
    show: (change) => {
      state = { ...state, ...change }
      told(state)
    },
    held: {
      id,
      level: 'soon',
      note: { text: o.note ?? '', language: o.language ?? 'en' },
      conversation,
      trustChanged: () => act('trust'),
      wake: () => void acts.push('wake'),
      giveBack: (reason) => act(`return ${reason}`),
      close: () => act('end'),
      destroy: () => void acts.push('destroyed'),
    },
  }
}
