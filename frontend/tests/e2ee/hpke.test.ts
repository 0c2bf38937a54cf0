import { describe, expect, it } from 'vitest'
import { ENC_BYTES, Unopenable, open, seal, sealingKeys, sealingPublicKeyOf } from '../../src/e2ee/hpke'
import { openIntake, openNote, sealIntake } from '../../src/e2ee/note'
import { b64Encode, concat, randomBytes, type Bytes } from '../../src/net/bytes'
import { bytes, text } from './cast'
import { raw, vectorFile } from './vectors'

interface File {
  readonly keys: Readonly<Record<'intake' | 'device', { seed: string; public: string }>>
  readonly notes: readonly { by: string; name: string; sealed: string; note: Record<string, unknown> }[]
  readonly intake: readonly { by: string; organisation: string; key_id: string; device_id: string; sealed: string }[]
}

const file = vectorFile<File>('hpke')
const info = bytes('quietline test')

/** The box with one bit of one byte changed. */
const changed = (box: Bytes, at: number): Bytes => box.map((byte, index) => (index === at ? byte ^ 1 : byte))

describe('a sealed box', () => {
  it('opens for the holder of the key, with the context it was made for', async () => {
    const keys = await sealingKeys()
    const sealed = await seal({ publicKey: keys.publicKey, info, plaintext: bytes('for you') })
    expect(sealed).toHaveLength(ENC_BYTES + 16 + 7)
    expect(text(await open({ privateKey: keys.privateKey, info, sealed }))).toBe('for you')
  })

  it('opens for nobody else, in no other context, and not where one bit was changed', async () => {
    const [keys, other] = [await sealingKeys(), await sealingKeys()]
    const sealed = await seal({ publicKey: keys.publicKey, info, plaintext: bytes('for you') })
    const refused = [
      { privateKey: other.privateKey, info, sealed },
      { privateKey: keys.privateKey, info: bytes('another'), sealed },
      // The lattice half, the curve half, the text, the tag.
      ...[0, ENC_BYTES - 1, ENC_BYTES, sealed.length - 1].map((at) => ({
        privateKey: keys.privateKey,
        info,
        sealed: changed(sealed, at),
      })),
      { privateKey: keys.privateKey, info, sealed: sealed.slice(0, -1) },
      { privateKey: keys.privateKey, info, sealed: new Uint8Array() },
      { privateKey: new Uint8Array(3), info, sealed },
    ]
    for (const one of refused) await expect(open(one)).rejects.toBeInstanceOf(Unopenable)
  })

  it('is never the same twice', async () => {
    const keys = await sealingKeys()
    const boxes = await Promise.all([1, 2].map(() => seal({ publicKey: keys.publicKey, info, plaintext: bytes('x') })))
    expect(b64Encode(boxes[0]!)).not.toBe(b64Encode(boxes[1]!))
  })

  it('is not made for what is no public key', async () => {
    for (const publicKey of [new Uint8Array(), randomBytes(1215), randomBytes(32)]) {
      await expect(seal({ publicKey, info, plaintext: bytes('x') })).rejects.toThrow()
    }
  })

  it('has keys of 1216 and 32 bytes; the seed gives the public half', async () => {
    const keys = await sealingKeys()
    expect([keys.publicKey.length, keys.privateKey.length]).toEqual([1216, 32])
    expect(await sealingPublicKeyOf(keys.privateKey)).toEqual(keys.publicKey)
  })
})

describe('boxes of another implementation', () => {
  it('come from both sides', () => {
    expect(new Set(file.notes.map((one) => one.by))).toEqual(new Set(['python', 'typescript']))
    expect(new Set(file.intake.map((one) => one.by))).toEqual(new Set(['python', 'typescript']))
  })

  it.each(file.notes.map((one) => [`${one.by} ${one.name}`, one] as const))('a note opens: %s', async (_, one) => {
    const { request, organisation, root, packages, rejoin, language, text: words } = one.note
    const opened = await openNote({
      sealed: raw(one.sealed),
      privateKey: raw(file.keys.intake.seed),
      organisation: String(organisation),
      request: raw(String(request)),
    })
    expect(opened).toMatchObject({ organisation, language, text: words })
    expect([opened.request, opened.rootHash, opened.rejoin].map(b64Encode)).toEqual([request, root, rejoin])
    expect(opened.packages.map(({ hash, seat }) => ({ hash: b64Encode(hash), seat: b64Encode(seat) }))).toEqual(
      packages,
    )
  })

  it.each(file.intake.map((one) => [one.by, one] as const))(
    'an intake key opens for its device: %s',
    async (_, one) => {
      const context = {
        organisation: one.organisation,
        keyId: raw(one.key_id),
        deviceId: raw(one.device_id),
        devicePrivateKey: raw(file.keys.device.seed),
        intakePublicKey: raw(file.keys.intake.public),
        sealed: raw(one.sealed),
      }
      expect(b64Encode(await openIntake(context))).toBe(file.keys.intake.seed)
      const refused = [
        { ...context, organisation: 'another' },
        { ...context, keyId: changed(context.keyId, 0) },
        { ...context, deviceId: changed(context.deviceId, 15) },
        { ...context, devicePrivateKey: randomBytes(32) },
        // Honestly sealed, but it is the private half of another key than the signed one.
        { ...context, intakePublicKey: raw(file.keys.device.public) },
      ]
      for (const other of refused) await expect(openIntake(other)).rejects.toBeInstanceOf(Unopenable)
    },
  )

  it('a sealed seed of another length is no intake key', async () => {
    const context = { organisation: 'casa-clara', keyId: randomBytes(16), deviceId: randomBytes(16) }
    const sealed = await sealIntake({
      ...context,
      devicePublicKey: raw(file.keys.device.public),
      intakePrivateKey: concat(raw(file.keys.intake.seed), Uint8Array.of(0)),
    })
    const opening = openIntake({
      ...context,
      devicePrivateKey: raw(file.keys.device.seed),
      intakePublicKey: raw(file.keys.intake.public),
      sealed,
    })
    await expect(opening).rejects.toBeInstanceOf(Unopenable)
  })
})
