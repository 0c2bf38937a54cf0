/** The survivor's side: from asking for somebody to the last word, and back after the browser forgot. */

import { rejoinKeys } from '../e2ee'
import type { Clock, UntrustedReason } from '../e2ee'
import { randomBytes, sameBytes, sha256 } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { ApiError } from '../net/http'
import type { RequestStatus, Rest } from '../net/rest'
import type { Handle } from '../net/time'
import type { Conversation, Relay } from './engine'
import type { Place } from './keeper'
import { LinePlace } from './line_place'
import { keptDecode, returnDecode, returnEncode } from './line_record'
import type { Ask, LineRecord, Offer } from './line_record'
import { LineTalk, UnknownSeat } from './line_talk'
import { freshOffers, NoIntake, requestSealed } from './request'
import { ReturnPlace, returnPlaceRead } from './return_place'
import type { ReturnKeys } from './return_place'
import { Signal } from './serial'
import { Store } from './store'
import { Over, Tries } from './tries'
import { TrustRefused, TrustWatch } from './trust'
import type { TrustShown } from './trust'

export { ASK_TEXT_LIMIT, askTextRoom } from './line_record'
export type { Ask } from './line_record'
export type { ReturnKeys } from './return_place'

export type Phase =
  /** Not yet with the server. */
  | 'sending'
  /** In the queue. */
  | 'waiting'
  /** An advocate took it and makes the conversation. */
  | 'claimed'
  /** The conversation is there; its keys are on their way. */
  | 'joining'
  | 'talking'
  /** Over: closed by somebody, withdrawn, or its time is over. */
  | 'closed'
  /** The server or the trust check refuses it; `refusal` says why, `retry()` tries again. */
  | 'refused'

export interface LineState {
  readonly phase: Phase
  /** Whether anybody is on shift, as the server says. */
  readonly onShift: boolean
  /** People who will be answered first. */
  readonly ahead: number
  /** How often the request went back to the queue during this visit: the advocate was lost. */
  readonly reopened: number
  /** Whether the server answered last time. */
  readonly reachable: boolean
  /** A code of docs/protocol.md §8, `trust.<reason>`, `trust.no_intake` or `hotline.unknown_seat`; null unless something was refused. */
  readonly refusal: string | null
  readonly trust: TrustShown
  /** Why the newest trust answer was not believed; what was believed before still counts, until its own time is over. */
  readonly trustRefused: UntrustedReason | null
  /** Whether a place on this device takes everything. */
  readonly keeping: 'no' | 'yes' | 'failed'
  /** From `joining` on. One that ended stays readable until the next begins. */
  readonly conversation: Conversation | null
}

export type LineCalls = Pick<
  Rest,
  | 'trust'
  | 'helpRequestMake'
  | 'helpRequestStatus'
  | 'helpRequestReplace'
  | 'helpRequestWithdraw'
  | 'returnPlaceSave'
  | 'returnPlaceOpen'
  | 'returnPlaceErase'
>

export interface LineParts {
  readonly rest: LineCalls
  readonly relay: Relay
}

interface Start extends LineParts {
  readonly trust: TrustWatch
  readonly record: LineRecord
  readonly place?: Place
  readonly kept?: Bytes | null
  readonly returnKeys?: ReturnKeys
}

/** Seconds that a status may be held back. */
const WAIT = 25
/** An answer that changes nothing is not asked for again sooner than this (ms). */
const LEAST_WAIT = 1_000
const TRUST_EVERY = 3_600_000
const TRUST_APART = 60_000
/** How long (ms) after the person closed it the request is erased, where the advocate's console did not do so. */
const ERASE_AFTER = 60_000
/** How often in a row the server may call the newest intake key stale. */
const STALE_MOST = 3

/** A Svelte store of `LineState`. */
export class SurvivorLine {
  readonly #parts: LineParts
  readonly #trust: TrustWatch
  readonly #record: LineRecord
  readonly #place: LinePlace
  readonly #tries: Tries
  readonly #store: Store<LineState>
  readonly #signal = new Signal()
  readonly #talk: LineTalk
  readonly #now: Clock
  #poll = new AbortController()
  #tag: string | null = null
  #returnPlace: ReturnPlace | null = null
  /** An advocate had it since the key packages were made: some are used up. */
  #used = false
  #staleTimes = 0
  #refused = false
  #withdrawn = false
  #trustAt: number
  #timers: Handle[] = []

  private constructor(start: Start) {
    const { rest, relay, trust, record } = start
    this.#parts = { rest, relay }
    this.#trust = trust
    this.#record = record
    this.#place = new LinePlace(record, start.place ?? null, start.kept ?? null)
    this.#tries = new Tries(relay, (reachable) => this.#set({ reachable }))
    this.#trustAt = relay.time.now()
    this.#now = () => Math.floor(relay.time.now() / 1000)
    this.#talk = new LineTalk({ relay, trust, record, place: this.#place, events: this.#talkEvents() })
    this.#store = new Store<LineState>({
      phase: record.sent ? 'waiting' : 'sending',
      onShift: false,
      ahead: 0,
      reopened: 0,
      reachable: true,
      refusal: null,
      trust: trust.shown,
      trustRefused: null,
      keeping: this.#place.used ? 'yes' : 'no',
      conversation: null,
    })
    if (start.returnKeys !== undefined) this.#returnPlace = this.#returnPlaceFor(start.returnKeys)
    this.#later(TRUST_EVERY, () => this.#hourly())
  }

  /** Asks at once; everything that follows shows in the state. `trust` was opened before, so that people see whom they ask. */
  static ask(parts: LineParts & { readonly trust: TrustWatch }, ask: Ask): SurvivorLine {
    const { slug, root } = parts.trust.shown
    const line = new SurvivorLine({
      ...parts,
      record: {
        organisation: slug,
        root,
        list: parts.trust.listNumber,
        request: randomBytes(16),
        token: randomBytes(32),
        rejoin: rejoinKeys(),
        rejoinCounter: 0,
        ask,
        offers: [],
        seat: null,
        intakeKey: null,
        sent: false,
        since: parts.relay.time.now(),
      },
    })
    void line.#run()
    return line
  }

  /** Comes back by return words. Throws `ApiError` (`request.not_found`: no such words), what `keys.open` throws, `ShapeError`, `TrustRefused`. */
  static async back(parts: LineParts, keys: ReturnKeys): Promise<SurvivorLine> {
    const record = await returnDecode(await returnPlaceRead(parts.rest, keys))
    const line = new SurvivorLine({ ...parts, trust: await trustOf(parts, record), record, returnKeys: keys })
    await line.#follow()
    void line.#run()
    return line
  }

  /** Comes back from a sealed place on this device, and goes on keeping there. Throws `ShapeError`, `TrustRefused`, `ApiError`. */
  static async resume(
    parts: LineParts,
    { content, place }: { readonly content: Bytes; readonly place: Place },
  ): Promise<SurvivorLine> {
    const { record, conversation } = await keptDecode(content)
    const trust = await trustOf(parts, record)
    const line = new SurvivorLine({ ...parts, trust, record, place, kept: conversation })
    if (record.seat !== null && conversation !== null) await line.#open(record.seat, conversation)
    void line.#run()
    return line
  }

  get state(): LineState {
    return this.#store.value
  }

  subscribe(run: (state: LineState) => void): () => void {
    return this.#store.subscribe(run)
  }

  /** After `refused`: tries again. */
  retry(): void {
    this.#refused = false
    this.#signal.fire()
  }

  /** The network is back, or the page is shown again. */
  wake(): void {
    this.#talk.conversation?.wake()
    this.#poll.abort()
    this.#tries.wake()
    void this.#renewTrust()
  }

  /** From now on return words open the way back; the place is renewed by itself when something changes. Throws `ApiError`. */
  async keepReturn(keys: ReturnKeys): Promise<void> {
    const place = this.#returnPlaceFor(keys)
    await place.save()
    const before = this.#returnPlace
    this.#returnPlace = place
    if (before !== null) await before.erase()
  }

  /** Keeps everything in a sealed place on this device from now on, or (null) not any more. Throws what its `write` throws, or `NotKept`. */
  async keepIn(place: Place | null): Promise<void> {
    this.#place.use(place)
    try {
      const { conversation } = this.#talk
      if (conversation !== null) await conversation.keepIn(place === null ? null : this.#place)
      else await this.#place.save()
      this.#set({ keeping: place === null ? 'no' : 'yes' })
    } catch (error) {
      this.#set({ keeping: 'failed' })
      throw error
    }
  }

  /** Takes the request back, ends the conversation and erases the return place. Throws `ApiError` where the server did not hear it. */
  async withdraw(): Promise<void> {
    await this.#erase()
    this.#withdrawn = true
    this.#talk.destroy()
    this.#set({ conversation: null })
    this.#end(null)
  }

  /** Forgets everything here at once, without waiting for a network: for the quick exit. */
  destroy(): void {
    this.#stop()
    this.#place.close()
    this.#returnPlace?.close()
    this.#talk.destroy()
    const { token, rejoin, offers } = this.#record
    for (const offer of offers) offer.keys?.wipe()
    for (const secret of [token, rejoin.privateKey, ...offers.map((offer) => offer.token)]) secret.fill(0)
    this.#set({ conversation: null })
    this.#store.close()
  }

  async #run(): Promise<void> {
    for (;;) {
      try {
        this.#tries.demand()
        await this.#step()
      } catch (error) {
        if (error instanceof Over) return
        this.#set({ phase: 'refused', refusal: refusalOf(error) })
        this.#refused = true
        await this.#signal.until(() => !this.#refused)
        this.#set({ phase: this.#record.sent ? 'waiting' : 'sending', refusal: null })
      }
    }
  }

  async #step(): Promise<void> {
    if (!this.#record.sent) return this.#send()
    if (this.#mustReplace()) return this.#replace()
    if (this.#talk.goesOn) return this.#signal.until(() => !this.#talk.goesOn)
    return this.#follow()
  }

  /** Whether the request that waits must be renewed: keys used or forgotten, or the organisation has another intake key. */
  #mustReplace(): boolean {
    const { intake } = this.#trust.current
    if (this.state.phase !== 'waiting' || this.#tag === null || intake === null) return false
    const { offers, intakeKey } = this.#record
    const other = intakeKey === null || !sameBytes(intake.keyId, intakeKey)
    return this.#used || other || offers.some((offer) => offer.keys === null)
  }

  async #send(): Promise<void> {
    const record = this.#record
    const { rest } = this.#parts
    if (record.offers.length === 0) record.offers = await freshOffers(this.#now)
    const sealed = await requestSealed(record, record.offers, this.#trust.current)
    await this.#save()
    const { language, level, topics, region } = record.ask
    const verifier = await sha256(record.token)
    const request = {
      id: record.request,
      verifier,
      organisation: record.organisation,
      ...sealed,
      language,
      level,
      region,
    }
    try {
      const status = await this.#tries.persist(async () => {
        const made = await rest.helpRequestMake({ ...request, topics: [...topics] })
        if (this.#withdrawn) await this.#erase()
        return made
      })
      record.intakeKey = sealed.intakeKey
      await this.#sent(status)
    } catch (error) {
      // An earlier visit had sent it, and never heard so.
      if (isRefusal(error, 'hotline.id_taken')) return this.#sent(null)
      await this.#staleOr(error)
    }
  }

  async #sent(status: RequestStatus | null): Promise<void> {
    this.#record.sent = true
    this.#staleTimes = 0
    await this.#save()
    if (status === null) await this.#follow()
    else await this.#learned(status)
  }

  /** Another note with other key packages, while nobody has the request. */
  async #replace(): Promise<void> {
    const record = this.#record
    const { rest } = this.#parts
    const before = record.offers
    const offers = await freshOffers(this.#now)
    const sealed = await requestSealed(record, offers, this.#trust.current)
    // Both are remembered first: whichever the server knows when this visit ends here, there is a way back.
    record.offers = [...before, ...offers]
    await this.#save()
    try {
      await this.#tries.persist(() => rest.helpRequestReplace(record.request, record.token, sealed))
      this.#forget(before, offers)
      record.intakeKey = sealed.intakeKey
      this.#used = false
      this.#staleTimes = 0
    } catch (error) {
      this.#forget(offers, before)
      this.#tag = null
      // Somebody was faster and has it: the status will tell.
      if (!isRefusal(error, 'hotline.not_waiting')) await this.#staleOr(error)
    }
    await this.#save()
  }

  #forget(over: readonly Offer[], left: readonly Offer[]): void {
    for (const { keys } of over) keys?.wipe()
    this.#record.offers = left
  }

  /** After "this intake key is stale": fetches the newest. Throws every other error, and this one where the newest is called so again. */
  async #staleOr(error: unknown): Promise<void> {
    this.#staleTimes += 1
    if (!isRefusal(error, 'hotline.intake_key_stale') || this.#staleTimes >= STALE_MOST) {
      this.#staleTimes = 0
      if (isRefusal(error, 'request.not_found')) return this.#end('request.not_found')
      throw error
    }
    this.#trustAt = 0
    await this.#renewTrust()
  }

  async #follow(): Promise<void> {
    const { request, token } = this.#record
    const known = this.#tag
    const asked = this.#parts.relay.time.now()
    this.#poll = new AbortController()
    const { signal } = this.#poll
    const options = known === null ? { wait: 0, signal } : { wait: WAIT, known, signal }
    try {
      const status = await this.#tries.persist(() => this.#parts.rest.helpRequestStatus(request, token, options))
      await this.#learned(status)
      const early = status.tag === known && this.#parts.relay.time.now() - asked < LEAST_WAIT
      if (early) await this.#tries.pause(LEAST_WAIT)
    } catch (error) {
      if (isRefusal(error, 'request.not_found')) return this.#end('request.not_found')
      if (!signal.aborted) throw error
    }
  }

  async #learned({ state, onShift, ahead, seat, tag }: RequestStatus): Promise<void> {
    this.#tag = tag
    this.#set({ onShift, ahead })
    switch (state) {
      case 'waiting':
        return this.#waits()
      case 'claimed':
        this.#used = true
        return this.#set({ phase: 'claimed' })
      case 'talking':
        this.#used = true
        if (seat !== null) await this.#open(seat)
        return
      case 'closed':
        return this.#end(null)
    }
  }

  #waits(): void {
    if (this.#record.seat !== null) this.#used = true
    this.#record.seat = null
    const lost = this.#used && this.state.phase !== 'waiting'
    this.#set({ phase: 'waiting', reopened: this.state.reopened + (lost ? 1 : 0) })
  }

  async #open(seat: Bytes, snapshot: Bytes | null = null): Promise<void> {
    await this.#talk.open(seat, snapshot)
    this.#set({ conversation: this.#talk.conversation })
    await this.#save()
  }

  #talkEvents(): ConstructorParameters<typeof LineTalk>[0]['events'] {
    return {
      member: (is) => this.#member(is),
      closed: (mine) => this.#closed(mine),
      ended: () => this.#signal.fire(),
      listOld: () => void this.#renewTrust(),
      notKept: () => this.#set({ keeping: 'failed' }),
      changed: () => void this.#save(),
      renewTrust: () => this.#renewTrust(),
    }
  }

  #member(is: boolean): void {
    if (this.state.phase === 'closed') return
    const { offers, seat } = this.#record
    this.#set({ phase: is ? 'talking' : 'joining' })
    if (!is || offers.length === 1 || seat === null) return
    const [used, others] = [offers.filter(isAt(seat)), offers.filter((offer) => !isAt(seat)(offer))]
    this.#forget(others, used)
    void this.#save()
  }

  #closed(mine: boolean): void {
    if (this.#tries.over) return
    this.#end(null)
    // The advocate's console has the request erased; where it is gone, this client does.
    if (mine) this.#later(ERASE_AFTER, () => void this.#erase().catch(() => undefined))
  }

  /** Everything is over but for what is to be read. */
  #end(refusal: string | null): void {
    this.#stop()
    this.#set({ phase: 'closed', refusal })
    void this.#returnPlace?.erase().catch(() => undefined)
  }

  #stop(): void {
    this.#tries.close()
    this.#poll.abort()
    this.#refused = false
    this.#signal.fire()
    for (const timer of this.#timers.splice(0)) this.#parts.relay.time.cancel(timer)
  }

  /** The server forgets the request; one that it does not have is as good. */
  async #erase(): Promise<void> {
    const { request, token } = this.#record
    await this.#parts.rest.helpRequestWithdraw(request, token).catch((error: unknown) => {
      if (!isRefusal(error, 'request.not_found')) throw error
    })
  }

  /** Asks for newer trust, not too often; true where another list or intake key came. */
  async #renewTrust(): Promise<boolean> {
    const now = this.#parts.relay.time.now()
    if (now - this.#trustAt < TRUST_APART) return false
    this.#trustAt = now
    try {
      const changed = await this.#trust.refresh()
      this.#set({ trustRefused: null })
      if (changed) await this.#trustChanged()
      return changed
    } catch (error) {
      if (error instanceof TrustRefused) this.#set({ trustRefused: error.reason })
      else if (!(error instanceof ApiError)) throw error
      return false
    }
  }

  async #trustChanged(): Promise<void> {
    this.#record.list = this.#trust.listNumber
    this.#poll.abort()
    // Not waited for: whoever asked for newer trust may hold the conversation's lock.
    void this.#talk.conversation?.trustChanged()
    await this.#save()
  }

  #hourly(): void {
    void this.#renewTrust()
    if (this.#returnPlace?.due === true) void this.#saveReturn()
    this.#later(TRUST_EVERY, () => this.#hourly())
  }

  /** What must be remembered changed: writes it wherever it is remembered. A failure shows, and does not hold anything up. */
  async #save(): Promise<void> {
    await Promise.all([this.#saveKept(), this.#saveReturn()])
  }

  async #saveKept(): Promise<void> {
    try {
      await this.#place.save()
    } catch {
      this.#set({ keeping: 'failed' })
    }
  }

  async #saveReturn(): Promise<void> {
    try {
      await this.#returnPlace?.save()
    } catch (error) {
      // `due` stays true, so the next hour tries again.
      if (!(error instanceof ApiError)) throw error
    }
  }

  #returnPlaceFor(keys: ReturnKeys): ReturnPlace {
    const { rest, relay } = this.#parts
    return new ReturnPlace(
      rest,
      keys,
      () => returnEncode(this.#record),
      () => relay.time.now(),
    )
  }

  #later(ms: number, run: () => void): void {
    this.#timers.push(this.#parts.relay.time.after(ms, run))
  }

  #set(change: Partial<LineState>): void {
    this.#store.set({ ...this.#store.value, ...change })
  }
}

const isAt =
  (seat: Bytes) =>
  ({ address }: Offer): boolean =>
    sameBytes(address, seat)

const isRefusal = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code

/** The code of what stopped the request. Whatever was not foreseen is not hidden behind one. */
function refusalOf(error: unknown): string {
  if (error instanceof ApiError) return error.code
  if (error instanceof NoIntake) return 'trust.no_intake'
  if (error instanceof UnknownSeat) return 'hotline.unknown_seat'
  throw error
}

function trustOf({ rest, relay }: LineParts, record: LineRecord): Promise<TrustWatch> {
  const { organisation, root, list } = record
  return TrustWatch.open({ rest, time: relay.time, slug: organisation, pin: { root }, lastNumber: list })
}
