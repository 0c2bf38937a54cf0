/** The staff calls of docs/protocol.md §9, typed. Nothing here decides: it asks, reads the answer and says plainly why there is none. */

import type { ReturnReason } from '../conversation/advocate'
import { Untrusted } from '../e2ee/types'
import { ApiError, callJson, quietInit, type Fetch } from '../net/http'
import type { Level } from '../net/rest'
import { StorageRefused } from './keystore'

export type { ReturnReason } from '../conversation/advocate'
export type { Level } from '../net/rest'
export type Role = 'advocate' | 'supervisor'

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
  shift: boolean
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

/** A stable code for whatever went wrong, fit to be looked up among the texts. */
export function codeOf(error: unknown): string {
  if (error instanceof ApiError || error instanceof ConsoleRefusal) return error.code
  if (error instanceof Untrusted) return 'untrusted'
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof StorageRefused ? 'storage' : 'unexpected'
}

/** The console itself refuses to do something; `code` has words of its own. */
export class ConsoleRefusal extends Error {
  override name = 'ConsoleRefusal'
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const PATIENCE_MS = 20_000

/** One browser's talk with the staff API. The CSRF value is kept here and renewed by every answer that carries one. */
export class StaffApi {
  readonly #fetch: Fetch
  readonly #base: string
  #csrf = ''
  #lost: () => void = () => undefined

  constructor(fetcher: Fetch = (url, init) => fetch(url, init), base = '/api/v1/staff/') {
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

  /** For the exit: asks for the session's end on the way out, and does not wait for the answer. */
  logoutUnheard(): void {
    const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': this.#csrf }
    const init = { ...quietInit({ method: 'POST', credentials: 'same-origin' }), keepalive: true, headers, body: '{}' }
    void this.#fetch(`${this.#base}logout`, init).catch(() => undefined)
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
    return this.#call('GET', path)
  }

  #write<T>(path: string, body: object): Promise<T> {
    return this.#call('POST', path, body)
  }

  async #call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    try {
      return (await callJson(this.#fetch, {
        method,
        path: this.#base + path,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(body === undefined ? {} : { body, headers: { 'X-CSRFToken': this.#csrf } }),
      })) as T
    } catch (error) {
      if (error instanceof DOMException) throw new ApiError('net.unreachable', 0)
      if (error instanceof ApiError && error.code === 'staff.login_required') this.#lost()
      throw error
    }
  }
}
