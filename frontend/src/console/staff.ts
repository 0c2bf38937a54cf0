/** The staff calls of docs/protocol.md §9, typed. Nothing here decides: it asks, reads the answer and says plainly why there is none. */

export type Role = 'advocate' | 'supervisor'
export type Level = 'now' | 'soon' | 'talk'
export type ReturnReason = 'note_mismatch' | 'lost' | 'mistake'

export interface StaffUser {
  username: string
  shown_name: string
  roles: Role[]
  organisation: string
  second_factor: boolean
}

export interface Session {
  csrf: string
  user: StaffUser | null
}

export interface TotpSecret {
  totp_secret: string
  totp_uri: string
}

export interface TrustDevice {
  device: string
  role: Role
  shown_name: string
  certificate: string | null
  hpke_key: string
  not_after: number
  revoked: boolean
  mine: boolean
}

export interface TrustRequest {
  device: string
  request: string
  hpke_key: string
  username: string
  mine: boolean
}

export interface StaffTrust {
  root: string
  rotations: string[]
  revocation_list: string | null
  signing_certificates: string[]
  intake: { key: string; device_certificate: string; signing_certificate: string } | null
  time: number
  devices: TrustDevice[]
  requests: TrustRequest[]
}

export interface SealedKey {
  device: string
  sealed: string
}

export interface IntakeKeys {
  keys: { key: string; issuer: string; sealed: string | null }[]
  missing: { key_id: string; device: string }[]
}

export interface Card {
  id: string
  state: 'waiting' | 'claimed' | 'talking' | 'closed'
  level: Level
  language: string
  topics: string[]
  region: string
  since: number
  reopened: number
}

export interface Queue {
  requests: Card[]
  mine: Card[]
  on_shift: number
}

export interface Claimed {
  id: string
  note: string
  intake_key: string
  package: string
  seat: string
  language: string
  level: Level
}

/** The server said no. `code` is stable (docs/protocol.md §8), `retryAfter` are seconds or null. */
export class StaffRefusal extends Error {
  readonly code: string
  readonly status: number
  readonly retryAfter: number | null

  constructor(code: string, status: number, retryAfter: number | null) {
    super(code)
    this.name = 'StaffRefusal'
    this.code = code
    this.status = status
    this.retryAfter = retryAfter
  }
}

/** The server did not answer at all. */
export class StaffUnreachable extends Error {
  constructor() {
    super('unreachable')
    this.name = 'StaffUnreachable'
  }
}

/** A stable code for whatever went wrong, fit to be looked up among the texts. */
export function codeOf(error: unknown): string {
  if (error instanceof StaffRefusal) return error.code
  if (error instanceof StaffUnreachable) return 'unreachable'
  return error instanceof Error && /^[a-z_.]+$/.test(error.message) ? error.message : 'unexpected'
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>

const PATIENCE_MS = 20_000

/** One browser's talk with the staff API. The CSRF value is kept here and renewed by every answer that carries one. */
export class StaffApi {
  readonly #fetch: Fetch
  readonly #base: string
  #csrf = ''
  #lost: () => void = () => undefined

  constructor(fetcher: Fetch = (input, init) => fetch(input, init), base = '/api/v1/staff/') {
    this.#fetch = fetcher
    this.#base = base
  }

  /** `lost` is called when a call found that the session is over. */
  onSessionLost(lost: () => void): void {
    this.#lost = lost
  }

  async session(): Promise<Session> {
    return this.#session(this.#read('session'))
  }

  setup(token: string, password: string): Promise<TotpSecret> {
    return this.#write('setup', { token, password })
  }

  setupConfirm(token: string, totp: string): Promise<Session> {
    return this.#session(this.#write('setup/confirm', { token, totp }))
  }

  login(username: string, password: string, totp: string): Promise<Session> {
    return this.#session(this.#write('login', { username, password, totp }))
  }

  passkeyLoginOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.#write('passkey/login/options', {})
  }

  passkeyLogin(credential: object): Promise<Session> {
    return this.#session(this.#write('passkey/login', credential))
  }

  passkeyOptions(): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return this.#write('passkey/options', {})
  }

  passkeyAdd(credential: object): Promise<void> {
    return this.#write('passkey', credential)
  }

  logout(): Promise<void> {
    return this.#write('logout', {})
  }

  trust(): Promise<StaffTrust> {
    return this.#read('trust')
  }

  deviceRequest(request: string, hpkeKey: string): Promise<void> {
    return this.#write('devices', { request, hpke_key: hpkeKey })
  }

  deviceCertify(device: string, certificate: string): Promise<void> {
    return this.#write(`devices/${device}/certificate`, { certificate })
  }

  signingCertificate(certificate: string): Promise<void> {
    return this.#write('signing-certificates', { certificate })
  }

  revocationList(list: string): Promise<void> {
    return this.#write('revocation-lists', { list })
  }

  intakeKeys(device: string): Promise<IntakeKeys> {
    return this.#read(`intake-keys?device=${device}`)
  }

  intakeKeyAdd(key: string, sealed: SealedKey[]): Promise<void> {
    return this.#write('intake-keys', { key, sealed })
  }

  intakeKeySeal(keyId: string, sealed: SealedKey[]): Promise<void> {
    return this.#write(`intake-keys/${keyId}/sealed`, { sealed })
  }

  shift(on: boolean): Promise<{ on: boolean }> {
    return this.#write('shift', { on })
  }

  queue(): Promise<Queue> {
    return this.#read('queue')
  }

  claim(id: string, device: string, owner: string): Promise<Claimed> {
    return this.#write(`requests/${id}/claim`, { device, owner })
  }

  giveBack(id: string, reason: ReturnReason): Promise<void> {
    return this.#write(`requests/${id}/return`, { reason })
  }

  talking(id: string): Promise<void> {
    return this.#write(`requests/${id}/talking`, {})
  }

  close(id: string): Promise<void> {
    return this.#write(`requests/${id}/close`, {})
  }

  async #session(answer: Promise<Session>): Promise<Session> {
    const session = await answer
    this.#csrf = session.csrf
    return session
  }

  #read<T>(path: string): Promise<T> {
    return this.#call(path, { method: 'GET' })
  }

  #write<T>(path: string, body: object): Promise<T> {
    return this.#call(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': this.#csrf },
    })
  }

  async #call<T>(path: string, init: RequestInit): Promise<T> {
    let response: Response
    try {
      response = await this.#fetch(this.#base + path, {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
    } catch {
      throw new StaffUnreachable()
    }
    if (!response.ok) throw await this.#refusal(response)
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  async #refusal(response: Response): Promise<StaffRefusal> {
    const answer = (await response.json().catch(() => ({}))) as { code?: unknown }
    const code = typeof answer.code === 'string' ? answer.code : `http.${response.status}`
    const wait = Number(response.headers.get('Retry-After'))
    if (code === 'staff.login_required') this.#lost()
    return new StaffRefusal(code, response.status, Number.isFinite(wait) && wait > 0 ? wait : null)
  }
}
