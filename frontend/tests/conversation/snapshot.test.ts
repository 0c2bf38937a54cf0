import { describe, expect, it } from 'vitest'
import { keptDecode, keptEncode, returnDecode, returnEncode } from '../../src/conversation/line_record'
import type { LineRecord } from '../../src/conversation/line_record'
import { snapshotDecode, snapshotEncode } from '../../src/conversation/snapshot'
import type { Snapshot } from '../../src/conversation/snapshot'
import { pseudonymKeyPackage, rejoinKeys, Untrusted } from '../../src/e2ee'
import { b64Encode, randomBytes, sha256 } from '../../src/net/bytes'
import { ShapeError } from '../../src/net/shape'
import { choices } from '../support/random'

const id = b64Encode(new Uint8Array(16))

const SNAPSHOT: Snapshot = {
  group: randomBytes(300),
  joined: true,
  cursor: 12,
  epoch: 3,
  timer: 3_600,
  aliveAt: 1_790_000_000_000,
  rejoinCounter: 5,
  counters: {
    sent: 4,
    received: [{ mark: 'ana', n: 3, sequence: 11 }],
    uncounted: ['bea'],
    confirmed: [{ mark: 'ana', from: 0, to: 4 }],
  },
  absences: { ranges: [{ from: 4, to: 6, cause: 'expired' }], burnedUpTo: 2 },
  updates: { messages: 9, due: 1_790_000_500_000 },
  messages: [
    {
      id,
      mine: true,
      from: 'me',
      text: 'One.',
      at: 1,
      readAt: 1,
      timer: 300,
      once: false,
      goneAt: 300_001,
      state: 'refused',
      sequence: null,
      n: null,
      refusal: 'relay.quota_seat',
    },
  ],
  seenIds: [id],
  outgoing: [
    {
      said: { type: 'text', id, text: 'Two.', timer: 300, once: true },
      clientId: randomBytes(16),
      n: 5,
      generation: 1,
      restored: true,
    },
  ],
}

async function record(): Promise<LineRecord> {
  const token = randomBytes(32)
  return {
    organisation: 'casa-clara',
    root: randomBytes(32),
    list: 3,
    request: randomBytes(16),
    token: randomBytes(32),
    rejoin: rejoinKeys(),
    rejoinCounter: 7,
    ask: { language: 'es', level: 'now', topics: ['work'], region: 'US-TX', text: 'Algo.' },
    offers: [{ token, address: await sha256(token), keys: await pseudonymKeyPackage() }],
    seat: await sha256(token),
    intakeKey: randomBytes(16),
    sent: true,
    since: 1_790_000_000_000,
  }
}

describe('a conversation that is written down', () => {
  it('is read back as it was', () => {
    expect(snapshotDecode(snapshotEncode(SNAPSHOT))).toEqual(SNAPSHOT)
    const empty = { ...SNAPSHOT, group: null, joined: false, messages: [], outgoing: [] }
    expect(snapshotDecode(snapshotEncode(empty))).toEqual(empty)
  })

  it('by anybody else, or damaged, is refused and never half read', () => {
    const random = choices(11)
    const raw = snapshotEncode(SNAPSHOT)
    for (let round = 0; round < 300; round++) {
      try {
        snapshotDecode(random.mangle(raw))
      } catch (error) {
        expect(error).toBeInstanceOf(ShapeError)
      }
    }
    const other = { ...(JSON.parse(new TextDecoder().decode(raw)) as object), v: 2 }
    expect(() => snapshotDecode(new TextEncoder().encode(JSON.stringify(other)))).toThrow(ShapeError)
  })
})

describe('a request that is written down', () => {
  it('is read back on the same device with the private keys of its key packages', async () => {
    const before = await record()
    const { record: after, conversation } = await keptDecode(keptEncode(before, randomBytes(20)))
    expect(after).toEqual({ ...before, offers: [expect.objectContaining({ address: before.offers[0]!.address })] })
    expect(after.offers[0]!.keys!.export()).toEqual(before.offers[0]!.keys!.export())
    expect(conversation).toHaveLength(20)
  })

  it('holds no private key of a key package where return words open it', async () => {
    const before = await record()
    const content = returnEncode(before)
    const after = await returnDecode(content)
    expect(after).toEqual({ ...before, offers: [{ ...before.offers[0]!, keys: null }] })
  })

  it('whose key package was used is written all the same', async () => {
    const before = await record()
    before.offers[0]!.keys!.wipe()
    const { record: after } = await keptDecode(keptEncode(before, null))
    expect(after.offers[0]!.keys).toBeNull()
  })

  it('by anybody else, or damaged, is refused', async () => {
    const random = choices(13)
    const raw = keptEncode(await record(), null)
    for (let round = 0; round < 200; round++) {
      const refused: unknown = await keptDecode(random.mangle(raw)).then(
        () => null,
        (error: unknown) => error,
      )
      if (refused !== null) expect(refused instanceof ShapeError || refused instanceof Untrusted).toBe(true)
    }
  })
})
