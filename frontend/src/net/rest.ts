/** The calls of docs/protocol.md §7: typed both ways, no cookie, no referrer, nothing cached. */

import { b64Encode } from './bytes'
import type { Bytes } from './bytes'
import { ApiError, callJson } from './http'
import type { Call, Fetch } from './http'
import { bytesOf, countOf, fieldsOf, flagOf, listOf, oneOf, orNull, ShapeError, textOf } from './shape'

export type Language = 'en' | 'es'
export type Level = 'now' | 'soon' | 'talk'
export const REQUEST_STATES = ['waiting', 'claimed', 'talking', 'closed'] as const
export type RequestState = (typeof REQUEST_STATES)[number]

export interface Organisation {
  slug: string
  name: Record<string, string>
  languages: string[]
  exceptions: Record<string, string>
  onShift: boolean
}

/** What the server says about an organisation's keys, as it came: to be verified by e2ee, never believed. */
export interface TrustBundle {
  root: string
  rotations: string[]
  /** null: the organisation has not issued one yet, and nobody of it can be believed. */
  revocation_list: string | null
  signing_certificates: string[]
  intake: { key: string; device_certificate: string; signing_certificate: string } | null
  /** Seconds, the server's clock. */
  time: number
}

export interface RequestStatus {
  state: RequestState
  onShift: boolean
  ahead: number
  /** The address of the seat that was opened, once the request is claimed. */
  seat: Bytes | null
  /** Names this answer; given back as `known`, the next call waits for another. */
  tag: string
}

export interface OfferedPackage {
  package: Bytes
  seat: Bytes
}

export interface NewRequest {
  id: Bytes
  verifier: Bytes
  organisation: string
  intakeKey: Bytes
  packages: OfferedPackage[]
  note: Bytes
  language: Language
  topics: string[]
  region: string
  level: Level
}

const words = (value: unknown): Record<string, string> => {
  if (typeof value !== 'object' || value === null) throw new ShapeError('not words by language')
  return Object.fromEntries(Object.entries(value).map(([language, text]) => [language, textOf(text)]))
}

function organisationOf(value: unknown): Organisation {
  const f = fieldsOf(value, ['slug', 'name', 'languages', 'exceptions', 'on_shift'])
  return {
    slug: textOf(f['slug'], 64),
    name: words(f['name']),
    languages: listOf(f['languages'], (item) => textOf(item, 16)),
    exceptions: words(f['exceptions']),
    onShift: flagOf(f['on_shift']),
  }
}

const b64Of = (value: unknown): string => {
  bytesOf(value)
  return value as string
}

function trustBundleOf(value: unknown): TrustBundle {
  const f = fieldsOf(value, ['root', 'rotations', 'revocation_list', 'signing_certificates', 'intake', 'time'])
  return {
    root: b64Of(f['root']),
    rotations: listOf(f['rotations'], b64Of),
    revocation_list: orNull(f['revocation_list'], b64Of),
    signing_certificates: listOf(f['signing_certificates'], b64Of),
    intake: orNull(f['intake'], (item) => {
      const intake = fieldsOf(item, ['key', 'device_certificate', 'signing_certificate'])
      return {
        key: b64Of(intake['key']),
        device_certificate: b64Of(intake['device_certificate']),
        signing_certificate: b64Of(intake['signing_certificate']),
      }
    }),
    time: countOf(f['time']),
  }
}

function statusOf(value: unknown): RequestStatus {
  const f = fieldsOf(value, ['state', 'on_shift', 'ahead', 'seat', 'tag'])
  return {
    state: oneOf(f['state'], REQUEST_STATES),
    onShift: flagOf(f['on_shift']),
    ahead: countOf(f['ahead']),
    seat: orNull(f['seat'], (item) => bytesOf(item, 32)),
    tag: textOf(f['tag'], 100),
  }
}

const offered = (packages: readonly OfferedPackage[]): unknown =>
  packages.map((offer) => ({ package: b64Encode(offer.package), seat: b64Encode(offer.seat) }))

/** The survivor's calls. Every method throws `ApiError`. */
export class Rest {
  readonly #fetch: Fetch

  constructor(fetch: Fetch = (url, init) => globalThis.fetch(url, init)) {
    this.#fetch = fetch
  }

  organisations(): Promise<Organisation[]> {
    return this.#call({ method: 'GET', path: '/api/v1/organisations' }, (answer) =>
      listOf(fieldsOf(answer, ['organisations'])['organisations'], organisationOf),
    )
  }

  trust(slug: string): Promise<TrustBundle> {
    return this.#call({ method: 'GET', path: `/api/v1/organisations/${encodeURIComponent(slug)}/trust` }, trustBundleOf)
  }

  helpRequestMake(request: NewRequest): Promise<RequestStatus> {
    const body = {
      id: b64Encode(request.id),
      verifier: b64Encode(request.verifier),
      organisation: request.organisation,
      intake_key: b64Encode(request.intakeKey),
      packages: offered(request.packages),
      note: b64Encode(request.note),
      language: request.language,
      topics: request.topics,
      region: request.region,
      level: request.level,
    }
    return this.#call({ method: 'POST', path: '/api/v1/help-requests', body }, statusOf)
  }

  /** Waits up to `wait` seconds (0 … 25) for an answer with another tag than `known`. */
  helpRequestStatus(
    id: Bytes,
    secret: Bytes,
    o: { wait?: number; known?: string; signal?: AbortSignal } = {},
  ): Promise<RequestStatus> {
    const known = o.known === undefined ? '' : `&known=${encodeURIComponent(o.known)}`
    const path = `${requestPath(id)}/status?wait=${o.wait ?? 0}${known}`
    const call: Call = { method: 'POST', path, bearer: b64Encode(secret), ...(o.signal ? { signal: o.signal } : {}) }
    return this.#call(call, statusOf)
  }

  /** Replaces the key packages and the note while the request waits. */
  async helpRequestReplace(
    id: Bytes,
    secret: Bytes,
    fresh: Pick<NewRequest, 'intakeKey' | 'packages' | 'note'>,
  ): Promise<void> {
    const body = {
      intake_key: b64Encode(fresh.intakeKey),
      packages: offered(fresh.packages),
      note: b64Encode(fresh.note),
    }
    await this.#call({ method: 'PUT', path: requestPath(id), bearer: b64Encode(secret), body }, () => null)
  }

  async helpRequestWithdraw(id: Bytes, secret: Bytes): Promise<void> {
    await this.#call({ method: 'DELETE', path: requestPath(id), bearer: b64Encode(secret) }, () => null)
  }

  async returnPlaceSave(
    id: Bytes,
    token: Bytes,
    place: { verifier: Bytes; sealed: Bytes; expiresIn: number },
  ): Promise<void> {
    const body = { verifier: b64Encode(place.verifier), sealed: b64Encode(place.sealed), expires_in: place.expiresIn }
    await this.#call({ method: 'PUT', path: placePath(id), bearer: b64Encode(token), body }, () => null)
  }

  returnPlaceOpen(id: Bytes, token: Bytes): Promise<Bytes> {
    return this.#call({ method: 'POST', path: `${placePath(id)}/open`, bearer: b64Encode(token) }, (answer) =>
      bytesOf(fieldsOf(answer, ['sealed'])['sealed'], 4096),
    )
  }

  async returnPlaceErase(id: Bytes, token: Bytes): Promise<void> {
    await this.#call({ method: 'DELETE', path: placePath(id), bearer: b64Encode(token) }, () => null)
  }

  async #call<T>(call: Call, read: (answer: unknown) => T): Promise<T> {
    const answer = await callJson(this.#fetch, call)
    try {
      return read(answer)
    } catch (error) {
      if (error instanceof ShapeError) throw new ApiError('net.bad_answer', 200)
      throw error
    }
  }
}

const requestPath = (id: Bytes): string => `/api/v1/help-requests/${b64Encode(id)}`
const placePath = (id: Bytes): string => `/api/v1/return-places/${b64Encode(id)}`
