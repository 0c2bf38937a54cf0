/** The hotline of docs/protocol.md §7 and §9 in memory, for tests: over HTTP for the survivor, as plain calls for the advocate. */

import { b64Decode, b64Encode, sha256 } from '../../src/net/bytes'
import type { Bytes } from '../../src/net/bytes'
import { ApiError } from '../../src/net/http'
import type { ClaimAnswer, ClaimCalls, ReturnReason } from '../../src/conversation/advocate'
import type { FakeConversation, FakeRelay } from './fake_relay'
import type { Organisation } from './organisation'
import type { VirtualTime } from './virtual_time'

interface Offer {
  package: string
  seat: string
}

interface Sealed {
  intake_key: string
  packages: Offer[]
  note: string
}

export interface FakeRequest extends Sealed {
  id: string
  verifier: string
  content: string
  language: string
  level: string
  state: 'waiting' | 'claimed' | 'talking' | 'closed'
  used: number
  owner: string
  conversation: FakeConversation | null
}

interface Asked {
  id: string
  bearer: string
  body: unknown
  query: URLSearchParams
  signal: AbortSignal | null
}

class Refused extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number) {
    super(code)
    this.code = code
    this.status = status
  }
}

const notFound = (): Refused => new Refused('request.not_found', 404)

export class FakeHotline {
  readonly requests = new Map<string, FakeRequest>()
  readonly places = new Map<string, { token: string; sealed: string }>()
  readonly #time: VirtualTime
  readonly #relay: FakeRelay
  readonly #organisation: Organisation
  readonly #waiting = new Set<() => void>()
  readonly calls: string[] = []
  onShift = true
  /** Nothing gets through. */
  down = false
  /** How many answers are lost, after the server did what was asked. */
  loseAnswers = 0
  /** Every call of a request's owner is refused with this code. */
  refuse: string | null = null
  /** Runs before a call is answered. */
  before: (call: string) => Promise<void> = async () => undefined
  /** Runs after a call was done and before its answer leaves. */
  after: (call: string) => Promise<void> = async () => undefined
  /** What a hostile server answers instead. */
  tamperClaim: (answer: ClaimAnswer) => ClaimAnswer = (answer) => answer
  bundle: () => object

  constructor(time: VirtualTime, relay: FakeRelay, organisation: Organisation) {
    this.#time = time
    this.#relay = relay
    this.#organisation = organisation
    this.bundle = () => organisation.bundle()
  }

  /** The only request that there is. */
  get request(): FakeRequest {
    const [request, ...others] = [...this.requests.values()]
    if (request === undefined || others.length > 0) throw new Error('not one request')
    return request
  }

  /** For `Rest`. */
  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    await new Promise((resolve) => setImmediate(resolve))
    if (this.down) throw new TypeError('unreachable')
    init.signal?.throwIfAborted()
    try {
      const answer = await this.#answer(url, init)
      if (this.down || this.loseAnswers-- > 0) throw new TypeError('unreachable')
      return answer === null ? new Response(null, { status: 204 }) : Response.json(answer)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return Response.json({ code: error.code, message: 'No.' }, { status: error.status })
    }
  }

  async #answer(url: string, init: RequestInit): Promise<object | null> {
    const { pathname, searchParams } = new URL(url, 'https://test')
    const [, , , room = '', id = '', what = ''] = pathname.split('/')
    const call = `${init.method} ${room}${what === '' ? '' : ` ${what}`}`
    this.calls.push(call)
    await this.before(call)
    if (this.refuse !== null && room === 'help-requests') throw new Refused(this.refuse, 409)
    const body = init.body === undefined ? null : (JSON.parse(init.body as string) as unknown)
    const bearer = new Headers(init.headers).get('Authorization')?.slice('Bearer '.length) ?? ''
    const asked = { id, bearer, body, query: searchParams, signal: init.signal ?? null }
    const answer = await this.#done(call, asked)
    await this.after(call)
    return answer
  }

  async #done(call: string, { id, bearer, body, query, signal }: Asked): Promise<object | null> {
    switch (call) {
      case 'GET organisations trust':
        return this.bundle()
      case 'POST help-requests':
        return this.#make(body as FakeRequest)
      case 'POST help-requests status':
        return this.#status(await this.#opened(id, bearer), query, signal)
      case 'PUT help-requests':
        return this.#replace(await this.#opened(id, bearer), body as Sealed)
      case 'DELETE help-requests':
        return this.#withdraw(await this.#opened(id, bearer))
      case 'PUT return-places':
        return this.#placeKeep(id, bearer, body as { sealed: string })
      case 'POST return-places open':
        return { sealed: this.#placeOf(id, bearer).sealed }
      case 'DELETE return-places':
        this.#placeOf(id, bearer)
        this.places.delete(id)
        return null
      default:
        throw notFound()
    }
  }

  #make(made: FakeRequest): object {
    const content = JSON.stringify(made)
    const before = this.requests.get(made.id)
    if (before !== undefined && before.content !== content) throw new Refused('hotline.id_taken', 409)
    this.#intakeDemand(made)
    const request: FakeRequest = { ...made, content, state: 'waiting', used: 0, owner: '', conversation: null }
    if (before === undefined) this.requests.set(made.id, request)
    return this.#told(before ?? request)
  }

  #intakeDemand({ intake_key }: Sealed): void {
    if (intake_key !== this.#organisation.intakeKeyId) throw new Refused('hotline.intake_key_stale', 409)
  }

  async #opened(id: string, bearer: string): Promise<FakeRequest> {
    const request = this.requests.get(id)
    const verifier = b64Encode(await sha256(b64Decode(bearer) ?? new Uint8Array()))
    if (request === undefined || request.verifier !== verifier) throw notFound()
    return request
  }

  async #status(request: FakeRequest, query: URLSearchParams, signal: AbortSignal | null): Promise<object> {
    const known = query.get('known') ?? this.#told(request).tag
    const end = this.#time.now() + Number(query.get('wait')) * 1000
    while (this.#told(request).tag === known && this.#time.now() < end) {
      await new Promise<void>((resolve) => {
        const handle = this.#time.after(end - this.#time.now(), resolve)
        this.#waiting.add(() => {
          this.#time.cancel(handle)
          resolve()
        })
        signal?.addEventListener('abort', () => resolve())
      })
      signal?.throwIfAborted()
    }
    if (!this.requests.has(request.id)) throw notFound()
    return this.#told(request)
  }

  #told(request: FakeRequest): { tag: string } & Record<string, unknown> {
    const seat = request.used > 0 && request.state !== 'waiting' ? request.packages[request.used - 1]?.seat : undefined
    const told = { state: request.state, on_shift: this.onShift, ahead: 0, seat: seat ?? null }
    return { ...told, tag: Buffer.from(JSON.stringify(told)).toString('hex').slice(0, 90) + String(seat).slice(0, 8) }
  }

  #replace(request: FakeRequest, sealed: Sealed): object {
    if (request.state !== 'waiting') throw new Refused('hotline.not_waiting', 409)
    this.#intakeDemand(sealed)
    Object.assign(request, sealed, { used: 0 })
    this.#changed()
    return this.#told(request)
  }

  #withdraw(request: FakeRequest): null {
    if (request.conversation !== null) this.#relay.end(request.conversation)
    this.requests.delete(request.id)
    this.#changed()
    return null
  }

  #placeKeep(id: string, token: string, { sealed }: { sealed: string }): null {
    if (this.places.has(id)) this.#placeOf(id, token)
    this.places.set(id, { token, sealed })
    return null
  }

  #placeOf(id: string, token: string): { sealed: string } {
    const place = this.places.get(id)
    if (place === undefined || place.token !== token) throw notFound()
    return place
  }

  #changed(): void {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  /** For `AdvocateTalk`. */
  readonly staffCalls: ClaimCalls = {
    claim: async (id, _device, owner) => {
      const request = this.#found(id)
      if (request.state !== 'waiting') throw new ApiError('hotline.already_claimed', 409)
      const offer = request.packages[request.used]
      if (offer === undefined) throw new ApiError('request.not_found', 404)
      Object.assign(request, { state: 'claimed', used: request.used + 1, owner })
      request.conversation = this.#relay.begin(b64Decode(owner, 32) as Bytes)
      this.#changed()
      const { note, intake_key, language, level } = request
      return this.tamperClaim({ id, note, intake_key, ...offer, language, level: level as 'now' })
    },
    talking: async (id) => {
      this.#found(id).state = 'talking'
      this.#changed()
    },
    giveBack: async (id, _reason: ReturnReason) => {
      const request = this.#found(id)
      if (request.conversation !== null) this.#relay.end(request.conversation)
      const left = request.used < request.packages.length
      Object.assign(request, { state: left ? 'waiting' : 'closed', conversation: null })
      this.reasons.push(_reason)
      this.#changed()
    },
    close: async (id) => {
      const request = this.#found(id)
      if (request.conversation !== null) this.#relay.end(request.conversation)
      Object.assign(request, { state: 'closed', conversation: null, note: '', packages: [] })
      this.#changed()
    },
  }
  readonly reasons: ReturnReason[] = []

  #found(id: string): FakeRequest {
    const request = this.requests.get(id)
    if (request === undefined || this.down) throw new ApiError('request.not_found', 404)
    return request
  }
}
