/**
 * The seven kinds of signed objects and their bytes (docs/protocol.md §4):
 * `u16 length ‖ body ‖ signature`, `body = u8 version ‖ u8 kind ‖ fields`, each field `u16 length ‖ bytes`.
 * There is exactly one encoding of an object, and what is unknown is refused.
 */

import { Reader, concat, u16, u64, u8, type Bytes } from '../net/bytes'
import { KEY_BYTES, SIGNATURE_BYTES, keyCheck, signatureMake, signatureValid } from './ed25519'
import { Untrusted } from './types'

const VERSION = 1
export const ID_BYTES = 16
export const HPKE_KEY_BYTES = 1216
const HASH_BYTES = 32
const NAME_BYTES_MAX = 60
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
const CONTEXT = new TextEncoder().encode('quietline signed object v1\0')

/** How one field is written and read. Both directions throw `Untrusted` for a value that is not allowed. */
interface Codec<T> {
  write(value: T): Bytes
  read(raw: Bytes): T
}

function textCodec<T extends string>(allowed: (value: string) => value is T): Codec<T> {
  const check = (value: string): T => {
    if (!allowed(value)) throw new Untrusted('malformed')
    return value
  }
  return {
    write: (value) => new TextEncoder().encode(check(value)),
    read: (raw) => check(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw)),
  }
}

function bytesCodec(size: number, check: (raw: Bytes) => Bytes = (raw) => raw): Codec<Bytes> {
  const read = (raw: Bytes): Bytes => {
    if (raw.length !== size) throw new Untrusted('malformed')
    return check(raw)
  }
  return { write: read, read }
}

function oneOf<T extends string>(...values: readonly T[]): Codec<T> {
  return textCodec((value): value is T => (values as readonly string[]).includes(value))
}

const slugCodec = textCodec((value): value is string => SLUG.test(value))

/** A name is shown to people as it is: nothing invisible, nothing that turns the writing direction, nothing to trim. */
const nameCodec = textCodec((value): value is string => {
  const size = new TextEncoder().encode(value).length
  return (
    size > 0 && size <= NAME_BYTES_MAX && value.trim() === value && !/[\p{C}\p{Z}]/u.test(value.replaceAll(' ', ''))
  )
})

const idCodec = bytesCodec(ID_BYTES)
const hashCodec = bytesCodec(HASH_BYTES)
const keyCodec = bytesCodec(KEY_BYTES, keyCheck)
const hpkeCodec = bytesCodec(HPKE_KEY_BYTES)

const numberCodec: Codec<number> = {
  write: u64,
  read(raw) {
    const reader = new Reader(raw)
    const value = reader.u64()
    reader.end()
    return value
  },
}

const idsCodec: Codec<readonly Bytes[]> = {
  write(ids) {
    return concat(...sortedIds(ids))
  },
  read(raw) {
    if (raw.length % ID_BYTES !== 0) throw new Untrusted('malformed')
    const ids = Array.from({ length: raw.length / ID_BYTES }, (_, at) => raw.slice(at * ID_BYTES, (at + 1) * ID_BYTES))
    return sortedIds(ids)
  },
}

function sortedIds(ids: readonly Bytes[]): readonly Bytes[] {
  ids.forEach((id, at) => {
    const before = ids[at - 1]
    if (id.length !== ID_BYTES || (before !== undefined && bytesCompare(before, id) >= 0))
      throw new Untrusted('malformed')
  })
  return ids
}

/** Below, equal or above zero, by the first byte that differs. */
export function bytesCompare(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index])
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1)
}

/** The fields of each kind, in the order of the wire. */
const KINDS = {
  signingCertificate: {
    kind: 1,
    fields: {
      organisation: slugCodec,
      deviceId: idCodec,
      signatureKey: keyCodec,
      notBefore: numberCodec,
      notAfter: numberCodec,
    },
  },
  deviceCertificate: {
    kind: 2,
    fields: {
      organisation: slugCodec,
      deviceId: idCodec,
      signatureKey: keyCodec,
      hpkeHash: hashCodec,
      role: oneOf('advocate', 'supervisor'),
      shownName: nameCodec,
      notBefore: numberCodec,
      notAfter: numberCodec,
      issuer: idCodec,
    },
  },
  revocationList: {
    kind: 3,
    fields: {
      organisation: slugCodec,
      number: numberCodec,
      issuedAt: numberCodec,
      expiresAt: numberCodec,
      revoked: idsCodec,
      issuer: idCodec,
    },
  },
  intakeKey: {
    kind: 4,
    fields: {
      organisation: slugCodec,
      keyId: idCodec,
      hpkeKey: hpkeCodec,
      notBefore: numberCodec,
      notAfter: numberCodec,
      issuer: idCodec,
    },
  },
  rootRotation: {
    kind: 5,
    fields: { organisation: slugCodec, oldKey: keyCodec, newKey: keyCodec, at: numberCodec },
  },
  deviceRequest: {
    kind: 6,
    fields: {
      organisation: slugCodec,
      deviceId: idCodec,
      signatureKey: keyCodec,
      hpkeHash: hashCodec,
      shownName: nameCodec,
      role: oneOf('advocate', 'supervisor', 'signing'),
    },
  },
  rejoin: {
    kind: 7,
    fields: { packageHash: hashCodec, counter: numberCodec },
  },
} as const

export type Kind = keyof typeof KINDS
type FieldsOf<K extends Kind> = (typeof KINDS)[K]['fields']
export type Body<K extends Kind> = {
  readonly [F in keyof FieldsOf<K>]: FieldsOf<K>[F] extends Codec<infer T> ? T : never
}

export type SigningCertificate = Body<'signingCertificate'>
export type DeviceCertificate = Body<'deviceCertificate'>
export type RevocationList = Body<'revocationList'>
export type IntakeKey = Body<'intakeKey'>
export type DeviceRequest = Body<'deviceRequest'>

/** A signed object that was read, not yet verified: believe `body` only through verify.ts. */
export interface Signed<K extends Kind> {
  readonly body: Body<K>
  readonly rawBody: Bytes
  readonly signature: Bytes
}

/** The bytes that are signed. Throws `Untrusted('malformed')` for a value that its field does not allow. */
export function bodyEncode<K extends Kind>(kind: K, body: Body<K>): Bytes {
  const { kind: number, fields } = KINDS[kind]
  return strictly(() => {
    const parts = Object.entries(fields).map(([name, codec]) => {
      const value = (codec as Codec<unknown>).write(body[name as keyof Body<K>])
      return concat(u16(value.length), value)
    })
    return concat(u8(VERSION), u8(number), ...parts)
  })
}

export function signedEncode<K extends Kind>(kind: K, body: Body<K>, privateKey: Bytes): Bytes {
  const raw = bodyEncode(kind, body)
  return strictly(() => concat(u16(raw.length), raw, signatureMake(privateKey, concat(CONTEXT, raw))))
}

/** Reads an object of the kind that is expected. Nothing is verified yet. Throws `Untrusted`. */
export function signedDecode<K extends Kind>(kind: K, bytes: Bytes): Signed<K> {
  return strictly(() => {
    const reader = new Reader(bytes)
    const rawBody = reader.take(reader.u16())
    const signature = reader.take(SIGNATURE_BYTES)
    reader.end()
    return { body: bodyDecode(kind, rawBody), rawBody, signature }
  })
}

function bodyDecode<K extends Kind>(kind: K, raw: Bytes): Body<K> {
  const { kind: number, fields } = KINDS[kind]
  const reader = new Reader(raw)
  if (reader.u8() !== VERSION || reader.u8() !== number) throw new Untrusted('malformed')
  const read = Object.entries(fields).map(([name, codec]) => [name, codec.read(reader.take(reader.u16()))] as const)
  reader.end()
  return Object.fromEntries(read) as Body<K>
}

/** The body, if `key` signed it. Throws `Untrusted`. */
export function signatureCheck<K extends Kind>(signed: Signed<K>, key: Bytes): Body<K> {
  keyCheck(key)
  if (!signatureValid(key, concat(CONTEXT, signed.rawBody), signed.signature)) throw new Untrusted('signature')
  return signed.body
}

/** Readers throw RangeError and TypeError for bytes that do not fit; outside there is one word for it. */
function strictly<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof Untrusted ? error : new Untrusted('malformed')
  }
}
