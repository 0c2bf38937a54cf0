import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { deviceKeys, deviceKeysExport, deviceKeysImport, deviceRequest, staffKeys } from '../../src/e2ee/devices'
import { keyCheck, publicKeyOf, signatureMake, signatureValid, signingKeys } from '../../src/e2ee/ed25519'
import { identityRead, markOf, memberOf, pseudonymIdentity, staffIdentitySplit } from '../../src/e2ee/identity'
import {
  KeyPackageKeys,
  keyPackageFor,
  keyPackageImport,
  keyPackageLeaf,
  keyPackageRead,
  pseudonymKeyPackage,
} from '../../src/e2ee/keypackage'
import { NOTE_BUCKETS, PaddingError, pad, unpad } from '../../src/e2ee/padding'
import { rejoinKeys, signRejoin, verifyRejoin } from '../../src/e2ee/rejoin'
import { signatureCheck, signedDecode, signedEncode } from '../../src/e2ee/signed'
import { wipe } from '../../src/e2ee/state'
import { safetyNumber } from '../../src/e2ee/tree'
import { Untrusted } from '../../src/e2ee/types'
import { verifyDeviceRequest } from '../../src/e2ee/verify'
import { b64Encode, concat, randomBytes, sha256, u32, type Bytes } from '../../src/net/bytes'
import { choices } from '../support/random'
import { DAY, NOW, Organisation, SLUG, bytes, now } from './cast'
import { raw, vectorFile } from './vectors'

const reasonOf = async (act: () => unknown): Promise<unknown> => {
  try {
    await act()
    return 'accepted'
  } catch (error) {
    return error instanceof Untrusted ? error.reason : error
  }
}

describe('Ed25519, strictly', () => {
  it('signs as RFC 8032 says (its test 2)', () => {
    const seed = new Uint8Array(Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'))
    const key = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'
    const signature =
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'
    expect(Buffer.from(publicKeyOf(seed)).toString('hex')).toBe(key)
    expect(Buffer.from(signatureMake(seed, Uint8Array.of(0x72))).toString('hex')).toBe(signature)
    expect(signatureValid(publicKeyOf(seed), Uint8Array.of(0x72), new Uint8Array(Buffer.from(signature, 'hex')))).toBe(
      true,
    )
  })

  it('refuses what the looser rule (ZIP 215, the default of the library) lets through', () => {
    // A key of small order signs every message with the same all-zero proof.
    const key = concat(Uint8Array.of(1), new Uint8Array(31))
    const signature = concat(Uint8Array.of(1), new Uint8Array(63))
    expect(ed25519.verify(signature, bytes('anything'), key)).toBe(true)
    expect(signatureValid(key, bytes('anything'), signature)).toBe(false)
  })

  it('is false, and never throws, for keys and signatures of any other length', () => {
    const keys = signingKeys()
    const signature = signatureMake(keys.privateKey, bytes('x'))
    for (const bad of [new Uint8Array(), signature.slice(1), concat(signature, Uint8Array.of(0))]) {
      expect(signatureValid(keys.publicKey, bytes('x'), bad)).toBe(false)
    }
    expect(signatureValid(keys.publicKey.slice(1), bytes('x'), signature)).toBe(false)
  })

  it.each([
    ['the neutral element', concat(Uint8Array.of(1), new Uint8Array(31))],
    ['zero', new Uint8Array(32)],
    ['a value above the field', new Uint8Array(32).fill(0xff)],
    ['no point of the curve', concat(Uint8Array.of(2), new Uint8Array(31))],
    ['too short', new Uint8Array(31)],
  ])('takes no key that is %s', (_, key) => {
    expect(() => keyCheck(key)).toThrow(new Untrusted('key'))
  })
})

describe('a key package', () => {
  it('is named by the SHA-256 of its bytes and shows its leaf', async () => {
    const made = await pseudonymKeyPackage(now)
    expect(made.hash).toEqual(await sha256(made.message))
    expect(keyPackageLeaf(made.message)).toEqual({ identity: made.identity, signatureKey: made.signatureKey })
    expect(identityRead(made.identity).kind).toBe('pseudonym')
  })

  it('is another person each time', async () => {
    const [one, two] = [await pseudonymKeyPackage(now), await pseudonymKeyPackage(now)]
    expect(b64Encode(one.identity)).not.toBe(b64Encode(two.identity))
    expect(b64Encode(one.signatureKey)).not.toBe(b64Encode(two.signatureKey))
  })

  it('comes back from a sealed place with its private half', async () => {
    const made = (await pseudonymKeyPackage(now)) as KeyPackageKeys
    const back = (await keyPackageImport(made.export())) as KeyPackageKeys
    expect(back.message).toEqual(made.message)
    expect(back.privatePackage).toEqual(made.privatePackage)
  })

  it('that was wiped keeps no key, and wiping the own one leaves the device its keys', async () => {
    const staff = new Organisation().staff()
    const made = (await keyPackageFor(staff, now)) as KeyPackageKeys
    const held = Object.values(made.privatePackage) as Uint8Array[]
    made.wipe()
    made.wipe()
    expect(held.every((key) => key.every((byte) => byte === 0))).toBe(true)
    expect(staff.signaturePrivateKey.some((byte) => byte !== 0)).toBe(true)
  })

  it('that is mangled is refused as malformed, or is still the same kind of thing; never anything else', async () => {
    const made = await pseudonymKeyPackage(now)
    const exported = made.export()
    const random = choices(5)
    for (let round = 0; round < 200; round++) {
      const found = await reasonOf(() => keyPackageRead(random.mangle(made.message), NOW))
      expect(['accepted', 'malformed', 'lifetime', 'time']).toContain(found)
      expect(['accepted', 'malformed']).toContain(await reasonOf(() => keyPackageImport(random.mangle(exported))))
    }
    expect(await reasonOf(() => keyPackageLeaf(concat(made.message, Uint8Array.of(0))))).toBe('malformed')
  })
})

describe('an identity', () => {
  it('of staff holds the two certificates, and reads back as whom they name', async () => {
    const organisation = new Organisation()
    const staff = organisation.staff({ shownName: 'Ágata' })
    const { signing, device } = staffIdentitySplit(staff.identity)
    expect(signing).toEqual(organisation.signing.certificate)
    expect(signedDecode('deviceCertificate', device).body.shownName).toBe('Ágata')
    expect(identityRead(staff.identity)).toMatchObject({ kind: 'staff', name: 'Ágata', notAfter: NOW + 7 * DAY })
  })

  it('of a pseudonym is 16 random bytes', () => {
    const [one, two] = [pseudonymIdentity(), pseudonymIdentity()]
    expect(one).toHaveLength(17)
    expect(b64Encode(one)).not.toBe(b64Encode(two))
  })

  it('cut anywhere is refused', async () => {
    const { identity } = new Organisation().staff()
    for (let size = 0; size < identity.length; size += 7) {
      expect(await reasonOf(() => identityRead(identity.slice(0, size)))).toBe('malformed')
    }
  })

  it('is marked by its signature key', async () => {
    const keys = signingKeys()
    const member = await memberOf({ identity: pseudonymIdentity(), signatureKey: keys.publicKey })
    expect(member.mark).toBe(b64Encode((await sha256(keys.publicKey)).slice(0, 16)))
    expect(await markOf(keys.publicKey)).toBe(member.mark)
  })
})

describe('the safety number', () => {
  interface Case {
    readonly name: string
    readonly members: readonly { identity: string; key: string }[]
    readonly number: string
  }
  const { safety_numbers: cases } = vectorFile<{ safety_numbers: readonly Case[] }>('spoken')

  it.each(cases.map((one) => [one.name, one] as const))('is the one of the vectors: %s', async (_, one) => {
    const members = one.members.map(({ identity, key }) => ({ identity: raw(identity), signatureKey: raw(key) }))
    expect(await safetyNumber(members)).toBe(one.number)
  })

  it('changes with one bit of a key or an identity', async () => {
    const leaf = { identity: pseudonymIdentity(), signatureKey: randomBytes(32) }
    const flipped = (value: Bytes): Bytes => value.map((byte, at) => (at === 5 ? byte ^ 1 : byte))
    const numbers = await Promise.all(
      [leaf, { ...leaf, signatureKey: flipped(leaf.signatureKey) }, { ...leaf, identity: flipped(leaf.identity) }].map(
        (one) => safetyNumber([one]),
      ),
    )
    expect(new Set(numbers).size).toBe(3)
  })
})

describe('a rejoin', () => {
  it('is believed with the rejoin key of the note and a counter above any before', async () => {
    const keys = rejoinKeys()
    const { message } = await pseudonymKeyPackage(now)
    const content = await signRejoin({ keyPackage: message, counter: 1_790_000_000_000, privateKey: keys.privateKey })
    const seen = await verifyRejoin(content, { rejoinKey: keys.publicKey, lastCounter: 5 })
    expect(seen).toEqual({ keyPackage: message, counter: 1_790_000_000_000 })
    const again = () => verifyRejoin(content, { rejoinKey: keys.publicKey, lastCounter: seen.counter })
    expect(await reasonOf(again)).toBe('counter')
  })

  it('is not believed by another key, with another key package, or cut', async () => {
    const keys = rejoinKeys()
    const [mine, theirs] = [await pseudonymKeyPackage(now), await pseudonymKeyPackage(now)]
    const content = await signRejoin({ keyPackage: mine.message, counter: 9, privateKey: keys.privateKey })
    const o = { rejoinKey: keys.publicKey, lastCounter: 0 }
    expect(await reasonOf(() => verifyRejoin(content, { ...o, rejoinKey: rejoinKeys().publicKey }))).toBe('signature')
    const signed = content.slice(4 + mine.message.length)
    const swapped = concat(u32(theirs.message.length), theirs.message, signed)
    expect(await reasonOf(() => verifyRejoin(swapped, o))).toBe('content')
    for (const bad of [new Uint8Array(), content.slice(0, -1), concat(content, Uint8Array.of(0)), u32(0xffffffff)]) {
      expect(await reasonOf(() => verifyRejoin(bad, o))).toBe('malformed')
    }
  })
})

describe("the keys of a member of staff's browser", () => {
  it('come back from a sealed place', async () => {
    const keys = await deviceKeys()
    expect(await deviceKeysImport(deviceKeysExport(keys))).toEqual(keys)
    for (const bad of [
      new Uint8Array(),
      deviceKeysExport(keys).slice(1),
      concat(deviceKeysExport(keys), Uint8Array.of(0)),
    ]) {
      expect(await reasonOf(() => deviceKeysImport(bad))).toBe('malformed')
    }
  })

  it('ask to be certified, bound to both halves', async () => {
    const keys = await deviceKeys()
    const signed = await deviceRequest(keys, { organisation: SLUG, shownName: 'Marisol', role: 'advocate' })
    const request = await verifyDeviceRequest(signed, { organisation: SLUG, hpkeKey: keys.sealing.publicKey })
    expect(request).toMatchObject({ deviceId: keys.deviceId, signatureKey: keys.signing.publicKey })
    const other = await deviceKeys()
    expect(
      await reasonOf(() => verifyDeviceRequest(signed, { organisation: SLUG, hpkeKey: other.sealing.publicKey })),
    ).toBe('content')
    expect(
      await reasonOf(() => verifyDeviceRequest(signed, { organisation: 'another', hpkeKey: keys.sealing.publicKey })),
    ).toBe('organisation')
  })

  it('enter a group with their certificates', async () => {
    const keys = await deviceKeys()
    const certificates = { signing: bytes('signing'), device: bytes('device') }
    const own = staffKeys(keys, certificates)
    expect(staffIdentitySplit(own.identity)).toEqual(certificates)
    expect(own.signatureKey).toEqual(keys.signing.publicKey)
  })
})

describe('a signed object', () => {
  it('has one encoding: every change of one byte is refused', async () => {
    const keys = signingKeys()
    const signed = signedEncode('rejoin', { packageHash: randomBytes(32), counter: 3 }, keys.privateKey)
    const read = (one: Bytes) => reasonOf(() => signatureCheck(signedDecode('rejoin', one), keys.publicKey))
    expect(await read(signed)).toBe('accepted')
    for (let at = 0; at < signed.length; at++) {
      const changed = signed.map((byte, index) => (index === at ? byte ^ 0x10 : byte))
      expect(['signature', 'malformed']).toContain(await read(changed))
    }
  })

  it('is not made for what its fields do not allow', () => {
    const keys = signingKeys()
    const device = signedDecode('deviceCertificate', new Organisation().device().certificate).body
    const refused = [
      { shownName: '' },
      { shownName: ' Ana' },
      { shownName: 'A\u202Ena' },
      { shownName: 'a'.repeat(61) },
      { organisation: '-casa' },
      { organisation: 'a'.repeat(41) },
      { notAfter: 2 ** 53 },
      { notBefore: -1 },
      { deviceId: randomBytes(15) },
      { role: 'admin' as never },
    ]
    for (const change of refused) {
      expect(() => signedEncode('deviceCertificate', { ...device, ...change }, keys.privateKey)).toThrow(
        new Untrusted('malformed'),
      )
    }
    expect(() =>
      signedEncode('deviceCertificate', { ...device, shownName: 'Ágata Núñez' }, keys.privateKey),
    ).not.toThrow()
  })
})

describe('padding of notes', () => {
  it('comes in two sizes, and nothing else is read', () => {
    expect(pad(new Uint8Array(4092), NOTE_BUCKETS)).toHaveLength(4096)
    expect(pad(new Uint8Array(4093), NOTE_BUCKETS)).toHaveLength(16384)
    expect(() => pad(new Uint8Array(16381), NOTE_BUCKETS)).toThrow(PaddingError)
    expect(() => unpad(pad(bytes('x')), NOTE_BUCKETS)).toThrow(PaddingError)
  })
})

describe('wiping', () => {
  it('reaches every array of bytes in a value', () => {
    const value = {
      a: Uint8Array.of(1),
      b: [Uint8Array.of(2), { c: Uint8Array.of(3) }],
      d: null,
      e: 'text',
      f: undefined,
    }
    wipe(value)
    expect(value).toEqual({
      a: Uint8Array.of(0),
      b: [Uint8Array.of(0), { c: Uint8Array.of(0) }],
      d: null,
      e: 'text',
      f: undefined,
    })
  })
})
