/** Whom this client believes: root → signing device → device, the revocation list, the pin (docs/protocol.md §4). */

import { b64Decode, b64Encode, concat, sameBytes, sha256, type Bytes } from '../net/bytes'
import { KEY_BYTES, keyCheck } from './ed25519'
import { isStaff, memberOf, verifyStaffIdentity, type ChainCache } from './identity'
import { signedDecode, type IntakeKey, type RevocationList, type SigningCertificate } from './signed'
import { sameLeaf } from './tree'
import { Untrusted, type Clock, type Leaf, type Member, type MemberPolicy, type UntrustedReason } from './types'
import {
  cleared,
  revocationMark,
  verifyDeviceCertificate,
  verifyIntakeKey,
  verifyRevocationList,
  verifyRotations,
  verifySigningCertificate,
} from './verify'

const FINGERPRINT_BYTES = 20
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What `GET /api/v1/organisations/{slug}/trust` answers (docs/protocol.md §7), as it came. */
export interface TrustBundle {
  readonly root: string
  readonly rotations: readonly string[]
  readonly revocation_list: string
  readonly signing_certificates: readonly string[]
  readonly intake: {
    readonly key: string
    readonly device_certificate: string
    readonly signing_certificate: string
  } | null
}

/** From a link or QR code of the organisation (fingerprint), or from a kept app (root). Null: first use. */
export type Pin = { readonly root: Bytes } | { readonly fingerprint: Bytes } | null

export interface VerifyTrust {
  readonly slug: string
  readonly pin: Pin
  /** The signed list that this client accepted last, so that an older one is noticed; null where it knows none. */
  readonly lastList: Bytes | null
  readonly now: number
}

export interface Trust {
  readonly slug: string
  /** What to pin from now on. */
  readonly root: Bytes
  /** Nothing was pinned: the root is the server's word alone, and people are told so. */
  readonly firstUse: boolean
  readonly list: RevocationList
  /** The list as it was signed, to be kept for `lastList`. */
  readonly listSigned: Bytes
  /** The key that a note may be sealed to now. */
  readonly intake: IntakeKey | null
  /** Why the intake key that was served is not believed; null where it is, or none was served. */
  readonly intakeRefused: UntrustedReason | null
  /** Certified, unrevoked staff of the organisation, and these pseudonyms. */
  policy(o?: { pseudonyms?: readonly Leaf[]; now?: Clock }): MemberPolicy
}

/** The 20 bytes by which a root is pinned and compared. */
export async function rootFingerprint(root: Bytes): Promise<Bytes> {
  return (await sha256(concat(new TextEncoder().encode('quietline root v1\0'), root))).slice(0, FINGERPRINT_BYTES)
}

/** A fingerprint for people: eight groups of four base32 letters. */
export function fingerprintGroups(fingerprint: Bytes): string {
  let bits = 0
  let value = 0
  let letters = ''
  for (const byte of fingerprint) {
    value = ((value << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      letters += BASE32[(value >> bits) & 31] ?? ''
    }
  }
  return (letters.match(/.{1,4}/g) ?? []).join(' ')
}

/** A fingerprint from a link: b64, or base32 letters with or without spaces. Null for anything else. */
export function fingerprintRead(text: string): Bytes | null {
  const raw = b64Decode(text, FINGERPRINT_BYTES)
  if (raw !== null) return raw
  const letters = text.toUpperCase().replaceAll(/[\s-]/g, '')
  if (!/^[A-Z2-7]{32}$/.test(letters)) return null
  const bytes = new Uint8Array(FINGERPRINT_BYTES)
  Array.from(letters, (letter) => BASE32.indexOf(letter)).forEach((five, index) => {
    for (let bit = 0; bit < 5; bit++) {
      const at = index * 5 + bit
      const byte = at >> 3
      bytes[byte] = (bytes[byte] ?? 0) | (((five >> (4 - bit)) & 1) << (7 - (at & 7)))
    }
  })
  return bytes
}

/** Throws `Untrusted` where the root, its devices or the list cannot be believed. A bad intake key does not spoil the rest. */
export async function verifyTrust(bundle: TrustBundle, o: VerifyTrust): Promise<Trust> {
  const root = await rootOf(bundle, o)
  const signing = signingCertificates(bundle, root, o)
  const listSigned = bytesOf(bundle.revocation_list)
  const list = listOf(listSigned, signing, o)
  const { intake, intakeRefused } = await intakeOf(bundle, root, list, o)
  return {
    slug: o.slug,
    root,
    firstUse: o.pin === null,
    list,
    listSigned,
    intake,
    intakeRefused,
    policy: (with_ = {}) => new OrganisationPolicy({ root, slug: o.slug, list, ...with_ }),
  }
}

async function rootOf(bundle: TrustBundle, o: VerifyTrust): Promise<Bytes> {
  const served = keyCheck(bytesOf(bundle.root, KEY_BYTES))
  const rotations = listOfBytes(bundle.rotations)
  const firstRoot = await pinnedRoot(served, rotations, o.pin)
  const reached = verifyRotations(rotations, { firstRoot, organisation: o.slug, now: o.now })
  if (!sameBytes(reached, served)) throw new Untrusted('root')
  return served
}

/** The key that the pin speaks of: a printed fingerprint may be of a root that has been rotated since. */
async function pinnedRoot(served: Bytes, rotations: readonly Bytes[], pin: Pin): Promise<Bytes> {
  if (pin === null) return served
  if ('root' in pin) return pin.root
  const candidates = [served, ...rotations.map((signed) => signedDecode('rootRotation', signed).body.oldKey)]
  for (const candidate of candidates) {
    if (sameBytes(await rootFingerprint(candidate), pin.fingerprint)) return candidate
  }
  throw new Untrusted('root')
}

/** Those of the served certificates that hold; whoever needs another one is refused for it. */
function signingCertificates(bundle: TrustBundle, root: Bytes, o: VerifyTrust): SigningCertificate[] {
  return listOfBytes(bundle.signing_certificates).flatMap((signed) => {
    try {
      return [verifySigningCertificate(signed, { root, organisation: o.slug, now: o.now })]
    } catch (error) {
      if (error instanceof Untrusted) return []
      throw error
    }
  })
}

function listOf(signed: Bytes, signing: readonly SigningCertificate[], o: VerifyTrust): RevocationList {
  const { issuer } = signedDecode('revocationList', signed).body
  const found = signing.find((one) => sameBytes(one.deviceId, issuer))
  if (found === undefined) throw new Untrusted('issuer')
  const known = o.lastList === null ? null : signedDecode('revocationList', o.lastList).body
  return verifyRevocationList(signed, { issuer: found, now: o.now, known })
}

async function intakeOf(
  bundle: TrustBundle,
  root: Bytes,
  list: RevocationList,
  o: VerifyTrust,
): Promise<Pick<Trust, 'intake' | 'intakeRefused'>> {
  if (bundle.intake === null) return { intake: null, intakeRefused: null }
  try {
    const { key, device_certificate, signing_certificate } = bundle.intake
    const expected = { root, organisation: o.slug, now: o.now }
    const signing = verifySigningCertificate(bytesOf(signing_certificate), expected)
    const device = verifyDeviceCertificate(bytesOf(device_certificate), { issuer: signing, now: o.now })
    cleared(list, o.now, [signing.deviceId, device.deviceId])
    const intake = verifyIntakeKey(bytesOf(key), { issuer: device, now: o.now })
    // A key from before the newest revocation may be known to the device that was revoked (docs/protocol.md §5).
    const mark = await revocationMark(list)
    if (!sameBytes(intake.keyId.slice(0, mark.length), mark)) throw new Untrusted('revoked')
    return { intake, intakeRefused: null }
  } catch (error) {
    if (error instanceof Untrusted) return { intake: null, intakeRefused: error.reason }
    throw error
  }
}

class OrganisationPolicy implements MemberPolicy {
  readonly #o: { root: Bytes; slug: string; list: RevocationList; pseudonyms?: readonly Leaf[]; now?: Clock }
  readonly #cache: ChainCache = new Map()

  constructor(o: { root: Bytes; slug: string; list: RevocationList; pseudonyms?: readonly Leaf[]; now?: Clock }) {
    this.#o = o
  }

  async admit(leaf: Leaf): Promise<Member> {
    const { root, slug, list, pseudonyms = [], now = () => Math.floor(Date.now() / 1000) } = this.#o
    if (isStaff(leaf.identity)) {
      const expected = { root, organisation: slug, newest: list, now: now(), cache: this.#cache }
      return memberOf(leaf, verifyStaffIdentity(leaf, expected))
    }
    if (!pseudonyms.some((known) => sameLeaf(known, leaf))) throw new Untrusted('stranger')
    return memberOf(leaf)
  }
}

function bytesOf(text: unknown, size?: number): Bytes {
  const raw = b64Decode(text, size)
  if (raw === null) throw new Untrusted('malformed')
  return raw
}

function listOfBytes(texts: unknown): Bytes[] {
  if (!Array.isArray(texts)) throw new Untrusted('malformed')
  return texts.map((text) => bytesOf(text))
}

/** For links and kept pins. */
export function fingerprintText(fingerprint: Bytes): string {
  return b64Encode(fingerprint)
}
