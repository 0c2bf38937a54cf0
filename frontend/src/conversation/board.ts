/** What people see of a conversation: its state at this moment, the notices, and those who look at it. */

import type { SecureGroup } from '../e2ee/types'
import type { LinkState } from '../net/relay'
import type { Session } from './session'
import { Store } from './store'
import type { Connection, ConversationState, Notice, NoticeBody } from './types'

const NOTICES_MOST = 200

export class Board {
  readonly #session: Session
  readonly #store: Store<ConversationState>
  readonly #link: () => LinkState
  #notices: readonly Notice[] = []
  #safetyNumber: string | null = null
  /** The group and the epoch that the safety number belongs to. */
  #numbered: { group: SecureGroup; epoch: bigint } | null = null

  constructor(session: Session, link: () => LinkState) {
    this.#session = session
    this.#link = link
    this.#store = new Store(this.#view())
  }

  get state(): ConversationState {
    return this.#store.value
  }

  subscribe(run: (state: ConversationState) => void): () => void {
    return this.#store.subscribe(run)
  }

  notice(body: NoticeBody): void {
    const number = (this.#notices.at(-1)?.number ?? 0) + 1
    this.#notices = [...this.#notices, { ...body, number, at: this.#session.time.now() }].slice(-NOTICES_MOST)
    this.publish()
  }

  publish(): void {
    void this.#computeSafetyNumber()
    this.#store.set(this.#view())
  }

  /** Forgets everything, tells it once more, and nobody any more. */
  close(): void {
    this.#notices = []
    this.publish()
    this.#store.close()
  }

  async #computeSafetyNumber(): Promise<void> {
    const { group } = this.#session
    if (group === this.#numbered?.group && group?.epoch === this.#numbered?.epoch) return
    const numbered = group === null ? null : { group, epoch: group.epoch }
    this.#numbered = numbered
    if (group === null) this.#safetyNumber = null
    const computed = group === null ? null : await group.safetyNumber()
    if (this.#numbered !== numbered || computed === null) return
    this.#safetyNumber = computed
    this.#store.set(this.#view())
  }

  #connection(): Connection {
    const { block, group, keeper } = this.#session
    const link = this.#link()
    if (block === 'ended') return 'ended'
    if (keeper.failed) return 'not_kept'
    if (block !== null) return 'broken'
    if (link === 'connecting' || link === 'stopped') return 'connecting'
    if (link !== 'online') return 'offline'
    return group === null ? 'joining' : 'online'
  }

  #view(): ConversationState {
    return {
      connection: this.#connection(),
      members: this.#session.group?.members ?? [],
      me: this.#session.me,
      messages: this.#session.messages.shown,
      notices: this.#notices,
      timer: this.#session.timer,
      safetyNumber: this.#safetyNumber,
    }
  }
}
