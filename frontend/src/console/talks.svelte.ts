import type { ConversationState, Message, Notice } from '../conversation/types'
import type { AdvocateTalk } from '../conversation/advocate'
import { languageOf, type Language } from '../shared/fluent'
import type { Level } from './staff'

/** Each conversation has a place of its own, with a letter, a colour and a name, for as long as it is open. */
export const PLACES = ['a', 'b', 'c', 'd', 'e', 'f'] as const
export type Place = (typeof PLACES)[number]

/** What the desk asks of a conversation: `AdvocateTalk`, or a test's. */
export type Held = Pick<
  AdvocateTalk,
  'id' | 'note' | 'level' | 'trustChanged' | 'wake' | 'giveBack' | 'close' | 'destroy'
> & {
  readonly conversation: Pick<
    AdvocateTalk['conversation'],
    'state' | 'subscribe' | 'sendText' | 'setTimer' | 'markRead' | 'closeOnce' | 'burn' | 'rejoin'
  >
}

export type Ending = 'return' | 'close'

/** One open conversation as the desk shows it. All of it lives in memory. */
export class OpenTalk {
  readonly place: Place
  readonly id: string
  readonly level: Level
  readonly note: string
  /** The language that the person chose; prepared replies are in it. */
  readonly language: Language
  draft = $state('')
  once = $state(false)
  state = $state.raw<ConversationState>() as ConversationState
  busy = $state(false)
  /** Why ending it did not work, or null. */
  refusal = $state<string | null>(null)
  readonly #held: Held
  readonly #unsubscribe: () => void

  constructor(held: Held, place: Place, draft: string) {
    this.place = place
    this.id = held.id
    this.level = held.level
    this.note = held.note.text
    this.language = languageOf(held.note.language) ?? 'en'
    this.draft = draft
    this.#held = held
    this.state = held.conversation.state
    this.#unsubscribe = held.conversation.subscribe((state) => (this.state = state))
  }

  readonly unread = $derived(this.state.messages.filter((one) => !one.mine && one.readAt === null).length)
  /** Somebody erased what was said: what the person wrote while waiting goes with it. */
  readonly burned = $derived(this.state.notices.some((one) => one.kind === 'burned'))
  readonly over = $derived(this.state.connection === 'ended')
  readonly line = $derived(lineOf(this.state.messages, this.state.notices))

  get conversation(): Held['conversation'] {
    return this.#held.conversation
  }

  /** Sends the draft. Throws `TextRefused`, and then keeps it. */
  send(): void {
    this.#held.conversation.sendText(this.draft, { once: this.once })
    this.draft = ''
    this.once = false
  }

  /** Everything that is on the screen was seen by the person at it; what is to be viewed once waits to be opened. */
  markSeen(): void {
    for (const one of this.state.messages)
      if (!one.mine && !one.once && one.readAt === null) this.#held.conversation.markRead(one.id)
  }

  async end(how: Ending): Promise<void> {
    if (how === 'return') await this.#held.giveBack('mistake')
    else await this.#held.close()
  }

  async giveUp(): Promise<void> {
    await this.#held.giveBack('lost')
  }

  trustChanged(): Promise<void> {
    return this.#held.trustChanged()
  }

  wake(): void {
    this.#held.wake()
  }

  destroy(): void {
    this.#unsubscribe()
    this.#held.destroy()
    this.draft = ''
  }
}

export type LineItem =
  { readonly kind: 'message'; readonly message: Message } | { readonly kind: 'notice'; readonly notice: Notice }

/** Messages and notices in one line of time; what happened in the same instant keeps its own order, notices first. */
export function lineOf(messages: readonly Message[], notices: readonly Notice[]): LineItem[] {
  const items: { at: number; item: LineItem }[] = [
    ...notices.map((notice) => ({ at: notice.at, item: { kind: 'notice', notice } as const })),
    ...messages.map((message) => ({ at: message.at, item: { kind: 'message', message } as const })),
  ]
  return items.sort((one, other) => one.at - other.at).map(({ item }) => item)
}

/** The conversations of one desk. */
export class Talks {
  open = $state.raw<readonly OpenTalk[]>([])
  #current = $state<string | null>(null)

  readonly current = $derived(this.open.find((one) => one.id === this.#current) ?? null)
  readonly full = $derived(this.open.length >= PLACES.length)
  readonly unread = $derived(this.open.reduce((sum, one) => sum + one.unread, 0))

  /** Takes the first free place and comes to the front. */
  add(held: Held, draft: string): void {
    const place = PLACES.find((free) => this.open.every((one) => one.place !== free))
    if (place === undefined) throw new RangeError('no free place')
    this.open = [...this.open, new OpenTalk(held, place, draft)].sort((one, other) =>
      one.place < other.place ? -1 : 1,
    )
    this.#current = held.id
  }

  show(talk: OpenTalk): void {
    this.#current = talk.id
  }

  /** To the next conversation, round and round. */
  step(by: 1 | -1): void {
    const { length } = this.open
    if (length === 0) return
    const at = this.open.findIndex((one) => one.id === this.#current)
    const next = at < 0 ? 0 : (at + by + length) % length
    this.#current = this.open[next]?.id ?? null
  }

  /** Puts a conversation away and forgets all of it. */
  remove(talk: OpenTalk): void {
    const at = this.open.indexOf(talk)
    if (at < 0) return
    talk.destroy()
    this.open = this.open.filter((one) => one !== talk)
    if (this.#current === talk.id) this.#current = (this.open[at] ?? this.open[at - 1])?.id ?? null
  }

  destroy(): void {
    for (const talk of this.open) talk.destroy()
    this.open = []
    this.#current = null
  }
}
