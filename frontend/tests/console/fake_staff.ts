/** A staff server in memory, as trusting as the real one is strict: what it is given it keeps. Notes of its requests are sealed to a key that nobody has. One organisation, several people. */

import { signingKeys } from '../../src/e2ee/ed25519'
import { signedDecode, signedEncode } from '../../src/e2ee/signed'
import type { SigningKeys } from '../../src/e2ee/types'
import { ApiError } from '../../src/net/http'
import { b64Decode, b64Encode, sameBytes, type Bytes } from '../../src/net/bytes'
import { StorageRefused, type Keystore } from '../../src/console/keystore'
import type {
  IntakeKeys,
  Queue,
  Role,
  SealedKey,
  StaffApi,
  StaffTrust,
  StaffUser,
  TrustDevice,
} from '../../src/console/staff'

export const ORGANISATION = 'casa-clara'
const YEAR = 365 * 86_400

interface Row {
  owner: string
  request: string
  hpkeKey: string
  certificate: string | null
}

const raw = (text: string): Bytes => b64Decode(text) ?? new Uint8Array()

export class FakeStaff {
  readonly root: SigningKeys = signingKeys()
  shownRoot: Bytes = this.root.publicKey
  rotations: string[] = []
  list: string | null = null
  readonly signing: string[] = []
  readonly devices = new Map<string, Row>()
  readonly intake: { key: string; sealed: SealedKey[] }[] = []
  /** Seconds that the server's clock is ahead. */
  ahead = 0
  queue: Queue = { requests: [], mine: [], on_shift: 0, shift: false }
  readonly calls: string[] = []
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  user(username: string, ...roles: Role[]): StaffUser {
    return { username, shown_name: username, roles, organisation: ORGANISATION, second_factor: true }
  }

  /** The API as this person's browser has it: the calls that a desk makes. */
  apiFor(user: StaffUser): StaffApi {
    const calls: Partial<StaffApi> = {
      trust: () => Promise.resolve(this.#trust(user)),
      deviceRequest: (request, hpkeKey) => this.#kept(() => this.#request(user, request, hpkeKey)),
      deviceCertify: (device, certificate) => this.#kept(() => this.#certify(device, certificate)),
      signingCertificate: (certificate) => this.#kept(() => this.signing.push(certificate)),
      revocationList: (list) => this.#kept(() => this.#listKeep(list)),
      intakeKeys: (device) => Promise.resolve(this.#intakeFor(device)),
      intakeKeyAdd: (key, sealed) => this.#kept(() => this.intake.push({ key, sealed: [...sealed] })),
      intakeKeySeal: (keyId, sealed) => this.#kept(() => this.#halves(keyId).push(...sealed)),
      queue: () => Promise.resolve(this.queue),
      shift: (on) => Promise.resolve({ on: (this.queue = { ...this.queue, shift: on }).shift }),
      claim: (id) => {
        this.calls.push(`claim ${id}`)
        const nothing = b64Encode(new Uint8Array(32))
        const key = b64Encode(new Uint8Array(16).fill(7))
        return Promise.resolve({
          id,
          note: nothing,
          intake_key: key,
          package: nothing,
          seat: nothing,
          language: 'en',
          level: 'soon',
        })
      },
      giveBack: (id, reason) => this.#kept(() => this.calls.push(`return ${id} ${reason}`)),
      close: (id) => this.#kept(() => this.calls.push(`close ${id}`)),
    }
    return calls as StaffApi
  }

  /** What the root key makes of a signing device's request, on its own computer. */
  rootCertify(request: string, by: SigningKeys = this.root): string {
    const { deviceId, signatureKey } = signedDecode('deviceRequest', raw(request)).body
    const times = { notBefore: this.#now(), notAfter: this.#now() + YEAR }
    return b64Encode(
      signedEncode(
        'signingCertificate',
        { organisation: ORGANISATION, deviceId, signatureKey, ...times },
        by.privateKey,
      ),
    )
  }

  #trust(user: StaffUser): StaffTrust {
    const rows = [...this.devices]
    return {
      root: b64Encode(this.shownRoot),
      rotations: this.rotations,
      revocation_list: this.list,
      signing_certificates: this.signing,
      intake: null,
      time: this.#now() + this.ahead,
      devices: rows.flatMap(([id, row]) => (row.certificate === null ? [] : [this.#device(id, row, user)])),
      requests: rows.flatMap(([id, row]) =>
        row.certificate === null && (row.owner === user.username || user.roles.includes('supervisor'))
          ? [
              {
                device: id,
                request: row.request,
                hpke_key: row.hpkeKey,
                username: row.owner,
                mine: row.owner === user.username,
              },
            ]
          : [],
      ),
    }
  }

  #device(id: string, row: Row, user: StaffUser): TrustDevice {
    const { role, shownName, notAfter } = signedDecode('deviceCertificate', raw(row.certificate ?? '')).body
    const base = { device: id, role, shown_name: shownName, certificate: row.certificate, hpke_key: row.hpkeKey }
    return { ...base, not_after: notAfter, revoked: false, mine: row.owner === user.username }
  }

  #request(user: StaffUser, request: string, hpkeKey: string): void {
    const id = b64Encode(signedDecode('deviceRequest', raw(request)).body.deviceId)
    this.devices.set(id, { owner: user.username, request, hpkeKey, certificate: null })
  }

  #certify(device: string, certificate: string): void {
    const row = this.devices.get(device)
    if (row === undefined) throw new ApiError('request.not_found', 404)
    row.certificate = certificate
  }

  #listKeep(list: string): void {
    const number = (text: string): number => signedDecode('revocationList', raw(text)).body.number
    if (this.list !== null && number(list) <= number(this.list)) throw new ApiError('staff.list_not_newer', 409)
    this.list = list
  }

  #halves(keyId: string): SealedKey[] {
    const found = this.intake.find((one) => sameBytes(signedDecode('intakeKey', raw(one.key)).body.keyId, raw(keyId)))
    return found?.sealed ?? []
  }

  #intakeFor(device: string): IntakeKeys {
    const certified = [...this.devices].flatMap(([id, row]) => (row.certificate === null ? [] : [id]))
    const keys = this.intake.map(({ key, sealed }) => {
      const { issuer } = signedDecode('intakeKey', raw(key)).body
      const half = sealed.find((one) => one.device === device)
      return { key, issuer: this.devices.get(b64Encode(issuer))?.certificate ?? '', sealed: half?.sealed ?? null }
    })
    const missing = this.intake.flatMap(({ key, sealed }) => {
      const key_id = b64Encode(signedDecode('intakeKey', raw(key)).body.keyId)
      const has = (id: string): boolean => sealed.some((one) => one.device === id)
      return has(device) ? certified.filter((id) => !has(id)).map((id) => ({ key_id, device: id })) : []
    })
    return { keys, missing }
  }

  async #kept(act: () => unknown): Promise<void> {
    act()
    return Promise.resolve()
  }
}

/** A keystore in memory; `refuse()` makes it behave like a private window that keeps nothing. */
export function memoryStore(): { open: () => Promise<Keystore>; values: Map<string, Bytes>; refuse: () => void } {
  const values = new Map<string, Bytes>()
  let refusing = false
  const store: Keystore = {
    get: (name) => Promise.resolve(values.get(name)?.slice() ?? null),
    put: (name, value) => {
      if (refusing) return Promise.reject(new StorageRefused())
      values.set(name, value.slice())
      return Promise.resolve()
    },
    remove: (name) => Promise.resolve(void values.delete(name)),
  }
  return {
    open: () => (refusing ? Promise.reject(new StorageRefused()) : Promise.resolve(store)),
    values,
    refuse: () => (refusing = true),
  }
}
