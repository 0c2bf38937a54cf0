/** A help request towards the server: sent, renewed, asked about, erased. The record says what was done; nothing here waits for people. */

import type { Clock } from '../e2ee'
import { sameBytes, sha256 } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { ApiError } from '../net/http'
import type { RequestStatus, Rest } from '../net/rest'
import type { Relay } from './options'
import type { LineRecord, Offer } from './line_record'
import { freshOffers, requestSealed } from './request'
import type { Tries } from './tries'
import type { TrustWatch } from './trust'

/** Seconds that a status may be held back. */
const WAIT = 25
/** An answer that changes nothing is not asked for again sooner than this (ms). */
const LEAST_WAIT = 1_000
/** How often in a row the server may call the newest intake key stale. */
const STALE_MOST = 3

export interface LineRequestOptions {
  readonly rest: Pick<Rest, 'helpRequestMake' | 'helpRequestStatus' | 'helpRequestReplace' | 'helpRequestWithdraw'>
  readonly relay: Relay
  readonly record: LineRecord
  readonly trust: TrustWatch
  readonly tries: Tries
  /** The record changed. */
  save(): Promise<void>
  renewTrust(): Promise<boolean>
}

export class LineRequest {
  readonly #o: LineRequestOptions
  readonly #now: Clock
  #poll = new AbortController()
  #tag: string | null = null
  #staleTimes = 0
  /** The token of a request that was withdrawn: it may still be on its way, when everything else here is forgotten. */
  #withdrawn: Bytes | null = null
  /** An advocate had it since the key packages were made: some are used up. */
  used = false

  constructor(options: LineRequestOptions) {
    this.#o = options
    this.#now = () => Math.floor(options.relay.time.now() / 1000)
  }

  /** Whether the request, which waits, must be renewed: keys used or forgotten, or the organisation has another intake key. */
  get mustRenew(): boolean {
    const { intake } = this.#o.trust.current
    const { offers, intakeKey } = this.#o.record
    if (this.#tag === null || intake === null) return false
    const other = intakeKey === null || !sameBytes(intake.keyId, intakeKey)
    return this.used || other || offers.some((offer) => offer.keys === null)
  }

  /** Sends it. Throws `ApiError`, `NoIntake`, `Over`. */
  async send(): Promise<void> {
    const { record, rest, trust, tries } = this.#o
    if (record.offers.length === 0) record.offers = await freshOffers(this.#now)
    const sealed = await requestSealed(record, record.offers, trust.current)
    await this.#o.save()
    const { request: id, organisation, ask } = record
    const { language, level, region } = ask
    const told = { language, level, region, topics: [...ask.topics] }
    const made = { id, verifier: await sha256(record.token), organisation, ...sealed, ...told }
    try {
      await tries.persist(async () => {
        await rest.helpRequestMake(made)
        await this.#eraseLate()
      })
      record.intakeKey = sealed.intakeKey
    } catch (error) {
      // An earlier visit had sent it, and never heard so.
      if (!isRefusal(error, 'hotline.id_taken')) return this.#staleOr(error)
    }
    record.sent = true
    this.#staleTimes = 0
    await this.#o.save()
  }

  /** Another note with other key packages, while nobody has the request. Throws `ApiError`, `Over`. */
  async renew(): Promise<void> {
    const { record, rest, trust, tries } = this.#o
    const before = record.offers
    const offers = await freshOffers(this.#now)
    const sealed = await requestSealed(record, offers, trust.current)
    // Both are remembered first: whichever the server hands out in the end, there is a way to the conversation.
    record.offers = [...before, ...offers]
    await this.#o.save()
    try {
      await tries.persist(() => rest.helpRequestReplace(record.request, record.token, sealed))
      this.forget(before, offers)
      record.intakeKey = sealed.intakeKey
      this.used = false
      this.#staleTimes = 0
    } catch (error) {
      this.#tag = null
      // Somebody has it now, with keys of before or, where an answer was lost, of now: the status will tell.
      if (isRefusal(error, 'hotline.not_waiting')) return
      this.forget(offers, before)
      await this.#staleOr(error)
    }
    await this.#o.save()
  }

  /** Wipes the keys of offers that are over. */
  forget(over: readonly Offer[], left: readonly Offer[]): void {
    for (const { keys } of over) keys?.wipe()
    this.#o.record.offers = left
  }

  /** Where it stands, as soon as that is something new; null where `askAgain` cut the waiting short. Throws `ApiError`, `Over`. */
  async status(): Promise<RequestStatus | null> {
    const { record, relay, rest, tries } = this.#o
    const known = this.#tag
    const asked = relay.time.now()
    this.#poll = new AbortController()
    const { signal } = this.#poll
    const options = known === null ? { wait: 0, signal } : { wait: WAIT, known, signal }
    try {
      const status = await tries.persist(() => rest.helpRequestStatus(record.request, record.token, options))
      if (status.tag === known && relay.time.now() - asked < LEAST_WAIT) await tries.pause(LEAST_WAIT)
      this.#tag = status.tag
      return status
    } catch (error) {
      if (!signal.aborted) throw error
      return null
    }
  }

  askAgain(): void {
    this.#poll.abort()
  }

  /** The server forgets it; one that it does not have is as good. Throws `ApiError`. */
  async erase(token: Bytes = this.#o.record.token): Promise<void> {
    const { record, rest } = this.#o
    await rest.helpRequestWithdraw(record.request, token).catch((error: unknown) => {
      if (!isRefusal(error, 'request.not_found')) throw error
    })
  }

  /** Erases it now, and also where it arrives only after that. Throws `ApiError`. */
  async withdraw(): Promise<void> {
    const token = this.#o.record.token.slice()
    await this.erase(token)
    this.#withdrawn = token
  }

  async #eraseLate(): Promise<void> {
    if (this.#withdrawn === null) return
    await this.erase(this.#withdrawn)
    this.#withdrawn.fill(0)
  }

  /** After "this intake key is stale" fetches the newest. Throws every other error, and this one where the newest is called so too. */
  async #staleOr(error: unknown): Promise<void> {
    this.#staleTimes += 1
    if (!isRefusal(error, 'hotline.intake_key_stale') || this.#staleTimes >= STALE_MOST) {
      this.#staleTimes = 0
      throw error
    }
    await this.#o.renewTrust()
  }
}

export const isRefusal = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code
