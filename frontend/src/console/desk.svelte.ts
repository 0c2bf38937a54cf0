import { AdvocateTalk } from '../conversation/advocate'
import type { Relay } from '../conversation/engine'
import { Serial } from '../conversation/serial'
import type { Handle } from '../net/time'
import { languageOf, textIn } from '../shared/fluent'
import type { SeenDevice, SeenRequest } from './chain'
import { keystoreOpen, type Keystore } from './keystore'
import { QueueWatch } from './queue_watch.svelte'
import { FIRST_REPLY } from './replies'
import { codeOf, type Card, type ReturnReason, type StaffApi, type StaffUser } from './staff'
import { Talks, type Ending, type OpenTalk } from './talks.svelte'
import { Trust } from './trust.svelte'

export type Page = 'desk' | 'device' | 'devices'

/** Seconds that a message stays after it was read, until somebody chooses otherwise. */
const TIMER = 86_400
/** How often the trust answer is read; more often while somebody waits for a certificate or for keys. A revocation is noticed within one round. */
const CALM_MS = 30_000
const WAITING_MS = 8_000
/** How often it is looked whether something is to be made, where nothing changed. */
const UPKEEP_MS = 300_000

/**
 * How long (ms) a request is left to colleagues after this browser had no key for its note: a try costs the person a key package, and by then the key
 * was passed on or the person's app has sealed to a newer one. A note that did not fit may be tried again: what is handed out next may fit.
 */
const LEFT_TO_OTHERS_MS = 180_000

export interface DeskOptions {
  readonly api: StaffApi
  readonly user: StaffUser
  readonly relay: Relay
  readonly store?: (owner: string) => Promise<Keystore>
  readonly socket?: () => WebSocket
}

/** One member of staff at work: the queue, the conversations, and this browser's place in the chain of trust. */
export class Desk {
  readonly supervises: boolean
  readonly advises: boolean
  readonly trust: Trust
  readonly queue: QueueWatch
  readonly talks = new Talks()
  shifting = $state(false)
  claiming = $state<string | null>(null)
  refusal = $state<string | null>(null)
  upkeepRefusal = $state<string | null>(null)
  /** Why the trust answer could not be read, or null. */
  trustRefusal = $state<string | null>(null)
  #page = $state<Page>('desk')
  /** Requests that this browser tried to answer and could not: each try costs the person one of few key packages, so there is no second. */
  #unanswerable = $state.raw<readonly { readonly id: string; readonly until: number }[]>([])
  /** What was ended here since the queue was read last: it may still name them. */
  #ended = $state.raw<readonly string[]>([])
  readonly #api: StaffApi
  readonly #relay: Relay
  readonly #serial = new Serial()
  #next: Handle | null = null
  #kept: { at: number; under: string } | null = null
  #list: number | null = null
  #over = false

  constructor({ api, user, relay, store = keystoreOpen, socket }: DeskOptions) {
    this.supervises = user.roles.includes('supervisor')
    this.advises = user.roles.includes('advocate')
    this.#api = api
    this.#relay = relay
    this.trust = new Trust(api, user, store, () => Math.floor(relay.time.now() / 1000))
    this.queue = new QueueWatch(api, socket, relay.time)
  }

  get page(): Page {
    return this.#page
  }

  set page(page: Page) {
    this.#page = page
    this.refusal = null
    if (page !== 'desk') void this.refresh()
  }

  /** Requests that the server says this person answers, but that no conversation here belongs to: the page was reloaded, or they are open elsewhere. */
  get left(): readonly Card[] {
    const here = (id: string): boolean =>
      id === this.claiming || this.#ended.includes(id) || this.talks.open.some((talk) => talk.id === id)
    return this.queue.mine.filter((card) => !here(card.id))
  }

  mayClaimAt(now: number): boolean {
    return this.advises && !this.talks.full && this.trust.mayWorkAt(now) && !this.trust.keysComing(now)
  }

  /** Whether somebody else has to answer this request at this time (ms). */
  isForOthersAt(card: Card, now: number): boolean {
    return this.#unanswerable.some(({ id, until }) => id === card.id && now < until)
  }

  maySignAt(now: number): boolean {
    return this.supervises && this.trust.signing.maySignAt(now)
  }

  /** Begins, or goes on after a new log-in. */
  async open(): Promise<void> {
    this.queue.start()
    await this.refresh()
  }

  /** Reads the trust answer and does what a console does by itself. Never throws. */
  async refresh(): Promise<void> {
    if (this.#next !== null) this.#relay.time.cancel(this.#next)
    this.#next = null
    await this.#serial.run(async () => {
      try {
        if (!this.#over) await this.trust.load()
        this.trustRefusal = null
      } catch (error) {
        this.trustRefusal = codeOf(error)
      }
      await this.#settle()
    })
    if (this.#over || this.#next !== null) return
    this.#next = this.#relay.time.after(this.#waits() ? WAITING_MS : CALM_MS, () => void this.refresh())
  }

  enrol(): Promise<void> {
    return this.#act(() => this.trust.enrol())
  }

  certify(request: SeenRequest): Promise<void> {
    return this.#act(() => this.trust.signing.certify(request))
  }

  renew(device: SeenDevice): Promise<void> {
    return this.#act(() => this.trust.signing.renew(device))
  }

  revoke(deviceId: SeenDevice['deviceId']): Promise<void> {
    return this.#act(() => this.trust.signing.revoke(deviceId))
  }

  signingNew(): Promise<void> {
    return this.#act(() => this.trust.signing.make())
  }

  signingCertified(certificate: string): Promise<void> {
    return this.#act(() => this.trust.signing.certified(certificate))
  }

  async shiftToggle(): Promise<void> {
    if (this.shifting || !this.advises) return
    this.shifting = true
    await this.#attempt(async () => {
      this.queue.shift = (await this.#api.shift(!this.queue.shift)).on
    })
    this.shifting = false
    await this.queue.refresh()
  }

  /** Answers a person who waits: checks their note, opens the conversation, prepares the first question. */
  async claim(card: Card): Promise<void> {
    const keys = this.trust.claimKeys()
    if (keys === null || this.claiming !== null || this.talks.full || this.#isForOthers(card)) return
    this.claiming = card.id
    await this.#attempt(async () => {
      const claimed = await AdvocateTalk.claim({
        ...keys,
        calls: this.#api,
        relay: this.#relay,
        request: card.id,
        trust: () => this.trust.demandBelieved(),
        timer: TIMER,
      })
      if (this.#over) return claimed.destroy()
      this.talks.add(claimed, textIn(languageOf(claimed.note.language) ?? 'en', FIRST_REPLY))
      this.#page = 'desk'
    })
    if (this.refusal === 'console.no_intake_key') this.#leaveToOthers(card.id)
    await this.queue.refresh()
    this.claiming = null
  }

  #isForOthers(card: Card): boolean {
    return this.isForOthersAt(card, this.#relay.time.now())
  }

  #leaveToOthers(id: string): void {
    const now = this.#relay.time.now()
    this.#unanswerable = [
      ...this.#unanswerable.filter(({ until }) => now < until),
      { id, until: now + LEFT_TO_OTHERS_MS },
    ]
  }

  async claimFirst(): Promise<void> {
    const first = this.queue.waiting.find((card) => !this.#isForOthers(card))
    if (first !== undefined && this.mayClaimAt(this.#relay.time.now())) await this.claim(first)
  }

  /** Lets a request wait again whose conversation is not here. */
  async giveBack(id: Card['id'], reason: ReturnReason): Promise<void> {
    await this.#attempt(() => this.#api.giveBack(id, reason))
    await this.queue.refresh()
  }

  /** Ends a conversation here: for both, or so that the person waits for somebody else. An ended one is only put away. */
  async end(talk: OpenTalk, how: Ending): Promise<void> {
    talk.busy = true
    talk.refusal = null
    try {
      await talk.end(how)
      this.#ended = [...this.#ended, talk.id]
      this.talks.remove(talk)
    } catch (error) {
      talk.refusal = codeOf(error)
    }
    talk.busy = false
    await this.queue.refresh()
    this.#ended = this.#ended.filter((id) => id !== talk.id)
  }

  wake(): void {
    for (const talk of this.talks.open) talk.wake()
    void this.queue.refresh()
  }

  /** Gives every conversation back, so that nobody waits for an advocate who logged out. */
  async leave(): Promise<void> {
    await Promise.allSettled(this.talks.open.filter((talk) => !talk.over).map((talk) => talk.giveUp()))
  }

  /** Forgets everything at once and waits for nothing. */
  destroy(): void {
    this.#over = true
    if (this.#next !== null) this.#relay.time.cancel(this.#next)
    this.talks.destroy()
    this.queue.destroy()
    this.trust.destroy()
  }

  /** An act on the chain of trust; its refusal belongs to the form that asked. */
  async #act(act: () => Promise<void>): Promise<void> {
    await this.#serial.run(async () => {
      await act()
      await this.#settle()
    })
    void this.refresh()
  }

  async #attempt(act: () => Promise<unknown>): Promise<void> {
    this.refusal = null
    try {
      await act()
    } catch (error) {
      this.refusal = codeOf(error)
    }
  }

  /** After each reading: conversations learn of a newer list, and what is due is made, at once where something changed and else now and then. */
  async #settle(): Promise<void> {
    if (this.#over || this.trust.chain === null) return
    const { listNumber } = this.trust
    if (listNumber !== this.#list) await Promise.allSettled(this.talks.open.map((talk) => talk.trustChanged()))
    this.#list = listNumber
    const now = this.#relay.time.now()
    const under = `${listNumber} ${this.trust.goodIds} ${this.trust.signing.maySignAt(now)}`
    const settled = this.#kept?.under === under && !this.trust.gap.count
    if (settled && this.#kept !== null && now - this.#kept.at < UPKEEP_MS) return
    try {
      await this.trust.upkeep()
      this.upkeepRefusal = null
      this.#kept = { at: now, under }
    } catch (error) {
      this.upkeepRefusal = codeOf(error)
    }
  }

  #waits(): boolean {
    const now = this.#relay.time.now()
    const certificate = this.#page === 'devices' || this.trust.standingAt(now) === 'requested'
    return this.trustRefusal !== null || certificate || (this.trust.mayWorkAt(now) && this.trust.keysComing(now))
  }
}
