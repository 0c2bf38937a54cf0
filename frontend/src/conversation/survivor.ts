/** The survivor's side: from asking for somebody to the last word, and back after the browser forgot. */

import { rejoinKeys } from '../e2ee'
import { randomBytes } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { ApiError } from '../net/http'
import type { RequestStatus, Rest } from '../net/rest'
import type { Handle } from '../net/time'
import type { Relay } from './options'
import type { Place } from './keeper'
import { LinePlace } from './line_place'
import { askTextRoom, keptDecode, returnDecode, returnEncode } from './line_record'
import type { Ask, LineRecord } from './line_record'
import { isRefusal, LineRequest } from './line_request'
import type { LineState } from './line_state'
import { LineTalk, UnknownSeat } from './line_talk'
import type { LineTalkEvents } from './line_talk'
import { NoIntake } from './request'
import { ReturnPlace, returnPlaceRead } from './return_place'
import type { ReturnKeys } from './return_place'
import { Signal } from './serial'
import { Store } from './store'
import { Over, Tries } from './tries'
import { TrustRefused, TrustWatch } from './trust'

export { ASK_TEXT_LIMIT, askTextRoom } from './line_record'
export type { Ask } from './line_record'
export type { LineState, Phase } from './line_state'
export type { ReturnKeys } from './return_place'

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
  /** What the conversation's keeper had written. */
  readonly kept?: Bytes | null
  readonly returnKeys?: ReturnKeys
}

const TRUST_EVERY = 3_600_000
const TRUST_APART = 60_000
/** How long (ms) after the person closed it the request is erased, where the advocate's console did not do so. */
const ERASE_AFTER = 60_000

/** A Svelte store of `LineState`. */
export class SurvivorLine {
  readonly #relay: Relay
  readonly #rest: LineCalls
  readonly #trust: TrustWatch
  readonly #record: LineRecord
  readonly #place: LinePlace
  readonly #tries: Tries
  readonly #request: LineRequest
  readonly #talk: LineTalk
  readonly #store: Store<LineState>
  readonly #signal = new Signal()
  #returnPlace: ReturnPlace | null = null
  #refused = false
  #trustAt: number
  #timers: Handle[] = []

  private constructor(start: Start) {
    const { rest, relay, trust, record } = start
    this.#relay = relay
    this.#rest = rest
    this.#trust = trust
    this.#record = record
    this.#trustAt = relay.time.now()
    this.#place = new LinePlace(record, start.place ?? null, start.kept ?? null)
    this.#tries = new Tries(relay, (reachable) => this.#set({ reachable }))
    this.#request = new LineRequest({
      rest,
      relay,
      record,
      trust,
      tries: this.#tries,
      save: () => this.#save(),
      renewTrust: () => this.#renewTrust(0),
    })
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

  /**
   * Asks at once; everything that follows shows in the state. `trust` was opened before, so that people see whom they ask.
   * Throws `RangeError` where the text is too long.
   */
  static ask(parts: LineParts & { readonly trust: TrustWatch }, ask: Ask): SurvivorLine {
    if (askTextRoom(ask.text) < 0) throw new RangeError('a text that is too long')
    const { slug, root } = parts.trust.shown
    const record: LineRecord = {
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
    }
    const line = new SurvivorLine({ ...parts, record })
    void line.#run()
    return line
  }

  /**
   * Comes back by return words. Throws `ApiError` (`request.not_found`: no such words), what `keys.open` throws, `ShapeError`,
   * `TrustRefused`. Where the request is over, the line is closed and says so.
   */
  static async back(parts: LineParts, keys: ReturnKeys): Promise<SurvivorLine> {
    const record = await returnDecode(await returnPlaceRead(parts.rest, keys))
    const trust = await trustOf(parts, record)
    await trust.refresh()
    const line = new SurvivorLine({ ...parts, trust, record, returnKeys: keys })
    await line.#follow()
    void line.#run()
    return line
  }

  /**
   * Comes back from a sealed place on this device, and goes on keeping there. Needs no network: what was kept can be read at once.
   * Throws `ShapeError`, `Untrusted`, `Unprocessable` for what this version did not write.
   */
  static async resume(
    parts: LineParts,
    { content, place }: { readonly content: Bytes; readonly place: Place },
  ): Promise<SurvivorLine> {
    const { record, conversation } = await keptDecode(content)
    const kept = record.seat === null ? null : conversation
    const line = new SurvivorLine({ ...parts, trust: await trustOf(parts, record), record, place, kept })
    if (record.seat !== null && kept !== null) await line.#open(record.seat, kept)
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
    this.#request.askAgain()
    this.#tries.wake()
    void this.#renewTrust(TRUST_APART)
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
    await this.#request.withdraw()
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
        if (isRefusal(error, 'request.not_found')) return this.#end('request.not_found')
        await this.#refuse(refusalOf(error))
      }
    }
  }

  async #step(): Promise<void> {
    if (!this.#trust.known) return this.#believe()
    if (!this.#record.sent) return this.#request.send()
    if (this.state.phase === 'waiting' && this.#request.mustRenew) return this.#request.renew()
    if (this.#talk.goesOn) return this.#signal.until(() => !this.#talk.goesOn)
    return this.#follow()
  }

  /** Waits until the person wants it tried again. */
  async #refuse(refusal: string): Promise<void> {
    this.#set({ phase: 'refused', refusal })
    this.#refused = true
    await this.#signal.until(() => !this.#refused)
    this.#set({ phase: this.#record.sent ? 'waiting' : 'sending', refusal: null })
  }

  /** After a start without a network: nothing is read or said before it is known whom to believe. */
  async #believe(): Promise<void> {
    await this.#tries.persist(() => this.#trust.refresh())
    this.#trustAt = this.#relay.time.now()
    this.#talk.start()
  }

  async #follow(): Promise<void> {
    try {
      const status = await this.#request.status()
      if (status !== null) await this.#learned(status)
    } catch (error) {
      if (!isRefusal(error, 'request.not_found')) throw error
      this.#end('request.not_found')
    }
  }

  async #learned({ state, onShift, ahead, seat }: RequestStatus): Promise<void> {
    this.#set({ onShift, ahead })
    if (state === 'waiting') return this.#waits()
    if (state === 'closed') return this.#end(null)
    this.#request.used = true
    if (state === 'claimed') this.#set({ phase: 'claimed' })
    else if (seat !== null) await this.#open(seat)
  }

  #waits(): void {
    if (this.#record.seat !== null) this.#request.used = true
    this.#record.seat = null
    const { phase, reopened } = this.state
    const lost = this.#request.used && phase !== 'waiting' && phase !== 'sending'
    this.#set({ phase: 'waiting', reopened: reopened + (lost ? 1 : 0) })
  }

  async #open(seat: Bytes, snapshot: Bytes | null = null): Promise<void> {
    await this.#talk.open(seat, snapshot)
    if (this.#trust.known) this.#talk.start()
    this.#set({ conversation: this.#talk.conversation })
    await this.#save()
  }

  #talkEvents(): LineTalkEvents {
    return {
      member: (is) => this.#member(is),
      closed: (mine) => this.#closed(mine),
      burned: () => this.#forgetWords(),
      ended: () => this.#signal.fire(),
      listOld: () => void this.#renewTrust(TRUST_APART),
      notKept: () => this.#set({ keeping: 'failed' }),
      changed: () => void this.#save(),
      renewTrust: () => this.#renewTrust(0),
    }
  }

  #member(is: boolean): void {
    // The other offers stay: where an advocate is lost and the next one is quick, the server hands out one of them.
    if (this.state.phase !== 'closed') this.#set({ phase: is ? 'talking' : 'joining' })
  }

  /** What was written while waiting is never sealed again. */
  #forgetWords(): void {
    this.#record.ask = { ...this.#record.ask, text: '' }
    void this.#save()
  }

  #closed(mine: boolean): void {
    if (this.#tries.over) return
    this.#end(null)
    // The advocate's console has the request erased; where it is gone, this client does.
    if (mine) this.#later(ERASE_AFTER, () => void this.#request.erase().catch(() => undefined))
  }

  /** Everything is over but for what is to be read. */
  #end(refusal: string | null): void {
    this.#stop()
    this.#set({ phase: 'closed', refusal })
    void this.#returnPlace?.erase().catch(() => undefined)
  }

  #stop(): void {
    this.#tries.close()
    this.#request.askAgain()
    this.#refused = false
    this.#signal.fire()
    for (const timer of this.#timers.splice(0)) this.#relay.time.cancel(timer)
  }

  /** Asks for newer trust, not more often than every `apart` ms; true where another list or intake key came. */
  async #renewTrust(apart: number): Promise<boolean> {
    const now = this.#relay.time.now()
    if (this.#tries.over || now - this.#trustAt < apart) return false
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
    this.#request.askAgain()
    // Not waited for: whoever asked for newer trust may hold the conversation's lock.
    void this.#talk.conversation?.trustChanged()
    await this.#save()
  }

  #hourly(): void {
    void this.#renewTrust(TRUST_APART)
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
    const content = (): Bytes => returnEncode(this.#record)
    return new ReturnPlace(this.#rest, keys, content, () => this.#relay.time.now())
  }

  #later(ms: number, run: () => void): void {
    this.#timers.push(this.#relay.time.after(ms, run))
  }

  #set(change: Partial<LineState>): void {
    this.#store.set({ ...this.#store.value, ...change })
  }
}

/** The code of what stopped the request. */
function refusalOf(error: unknown): string {
  if (error instanceof ApiError) return error.code
  if (error instanceof TrustRefused) return `trust.${error.reason}`
  if (error instanceof NoIntake) return 'trust.no_intake'
  return error instanceof UnknownSeat ? 'hotline.unknown_seat' : 'conversation.failed'
}

/** What was believed when the record was written, to be asked for again. */
function trustOf({ rest, relay }: LineParts, { organisation, root, list }: LineRecord): Promise<TrustWatch> {
  return TrustWatch.kept({ rest, time: relay.time, slug: organisation, root, lastNumber: list })
}
