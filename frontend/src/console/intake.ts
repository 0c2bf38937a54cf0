/** Intake keys: making those that are missing, sealing them for colleagues, and opening one when a note needs it. */

import type { DeviceKeys } from '../e2ee/devices'
import { intakeKeyPair, openIntake, sealIntake } from '../e2ee/note'
import { signedDecode, signedEncode, type IntakeKey } from '../e2ee/signed'
import { Untrusted } from '../e2ee/types'
import { isRevoked, revocationMark, verifyDeviceCertificate, verifyIntakeKey } from '../e2ee/verify'
import { b64Decode, b64Encode, sameBytes, type Bytes } from '../net/bytes'
import type { Chain, SeenDevice } from './chain'
import { keyIdNew, spansMissing, type KnownKey, type Span } from './intake_plan'
import type { IntakeKeys, SealedKey, StaffApi } from './staff'

export type IntakeApi = Pick<StaffApi, 'intakeKeys' | 'intakeKeyAdd' | 'intakeKeySeal'>

/** The device that works here, certified now. */
export interface Worker {
  readonly keys: DeviceKeys
  readonly organisation: string
  readonly chain: Chain
  /** When its certificate ends, UTC seconds. */
  readonly until: number
  readonly now: number
}

type Opener = Pick<Worker, 'keys' | 'organisation'>

interface Held extends KnownKey {
  readonly body: IntakeKey
  readonly sealed: Bytes | null
}

/** What this device knows of the intake keys: those that hold together, and whom it can help to one. */
export interface IntakeSeen {
  readonly held: readonly Held[]
  readonly missing: IntakeKeys['missing']
  /** How many keys this device cannot open yet. */
  readonly gap: number
}

export async function intakeLook(api: IntakeApi, worker: Worker): Promise<IntakeSeen> {
  const answer = await api.intakeKeys(b64Encode(worker.keys.deviceId))
  const held = heldOf(answer, worker)
  return { held, missing: answer.missing, gap: held.filter((key) => key.sealed === null).length }
}

/** Makes the keys that the days ahead still need, and seals every key that this device can open for colleagues who have it not. */
export async function intakeKeep(api: IntakeApi, worker: Worker, { held, missing }: IntakeSeen): Promise<void> {
  if (worker.chain.list === null) return
  const mark = await revocationMark(worker.chain.list)
  await keysShare(api, worker, held, missing)
  for (const span of spansMissing(held, mark, worker.now, worker.until))
    await keyMake(api, worker, keyIdNew(mark), span)
}

/** The private half of the intake key with this b64 id; null where nobody sealed it for this device yet. It stays in memory. */
export async function intakeOpen(api: IntakeApi, worker: Opener, keyId: string): Promise<Bytes | null> {
  const answer = await api.intakeKeys(b64Encode(worker.keys.deviceId))
  const found = answer.keys.map(bodyOf).find((one) => one !== null && b64Encode(one.body.keyId) === keyId)
  if (!found || found.sealed === null) return null
  return halfOpen(worker, found.body, found.sealed)
}

async function keyMake(api: IntakeApi, worker: Worker, keyId: Bytes, { notBefore, notAfter }: Span): Promise<void> {
  const { keys, organisation } = worker
  const pair = await intakeKeyPair()
  const body = { organisation, keyId, hpkeKey: pair.publicKey, notBefore, notAfter, issuer: keys.deviceId }
  const devices = worker.chain.devices.filter((device) => device.state === 'good')
  const sealed = await Promise.all(devices.map((device) => halfSeal(worker, keyId, device, pair.privateKey)))
  await api.intakeKeyAdd(b64Encode(signedEncode('intakeKey', body, keys.signing.privateKey)), sealed)
}

async function keysShare(
  api: IntakeApi,
  worker: Worker,
  held: readonly Held[],
  missing: IntakeKeys['missing'],
): Promise<void> {
  for (const key of held) {
    const name = b64Encode(key.keyId)
    const wanted = missing.filter((one) => one.key_id === name).map((one) => one.device)
    const devices = worker.chain.devices.filter((device) => device.state === 'good' && wanted.includes(device.id))
    if (devices.length === 0 || key.sealed === null) continue
    const half = await halfOpen(worker, key.body, key.sealed)
    await api.intakeKeySeal(name, await Promise.all(devices.map((device) => halfSeal(worker, key.keyId, device, half))))
  }
}

async function halfSeal(worker: Worker, keyId: Bytes, device: SeenDevice, half: Bytes): Promise<SealedKey> {
  const context = { organisation: worker.organisation, keyId, deviceId: device.deviceId }
  const sealed = await sealIntake({ ...context, devicePublicKey: device.hpkeKey, intakePrivateKey: half })
  return { device: device.id, sealed: b64Encode(sealed) }
}

function halfOpen({ keys, organisation }: Opener, body: IntakeKey, sealed: Bytes): Promise<Bytes> {
  const context = { organisation, keyId: body.keyId, deviceId: keys.deviceId }
  return openIntake({ ...context, devicePrivateKey: keys.sealing.privateKey, intakePublicKey: body.hpkeKey, sealed })
}

/** The keys that a certified, unrevoked device signed; others do not count, whatever the server says of them. */
function heldOf(answer: IntakeKeys, worker: Worker): Held[] {
  return answer.keys.flatMap((one) => {
    const read = bodyOf(one)
    const issuer = b64Decode(one.issuer)
    if (read === null || issuer === null) return []
    try {
      const issuerUntil = issuerCheck(issuer, read.signed, worker)
      const { keyId, notBefore, notAfter } = read.body
      return [{ ...read, keyId, notBefore, notAfter, issuerUntil }]
    } catch (error) {
      if (error instanceof Untrusted) return []
      throw error
    }
  })
}

/** When the certificate of the key's maker ends. Throws `Untrusted`. */
function issuerCheck(raw: Bytes, key: Bytes, { chain, now }: Worker): number {
  const claimed = signedDecode('deviceCertificate', raw).body
  const signing = chain.signing.find((one) => sameBytes(one.certificate.deviceId, claimed.issuer))
  if (!signing) throw new Untrusted('issuer')
  const issuer = verifyDeviceCertificate(raw, { issuer: signing.certificate, now })
  if (chain.list === null || isRevoked(chain.list, issuer.deviceId)) throw new Untrusted('revoked')
  const { notBefore, notAfter } = signedDecode('intakeKey', key).body
  verifyIntakeKey(key, { issuer, now: Math.min(Math.max(now, notBefore), notAfter) })
  return Math.min(issuer.notAfter, signing.certificate.notAfter)
}

function bodyOf(one: IntakeKeys['keys'][number]): { signed: Bytes; body: IntakeKey; sealed: Bytes | null } | null {
  const signed = b64Decode(one.key)
  if (signed === null) return null
  try {
    return {
      signed,
      body: signedDecode('intakeKey', signed).body,
      sealed: one.sealed === null ? null : b64Decode(one.sealed),
    }
  } catch (error) {
    if (error instanceof Untrusted) return null
    throw error
  }
}
