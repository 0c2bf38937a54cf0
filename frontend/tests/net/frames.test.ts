import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  decodeClient,
  decodeServer,
  encodeClient,
  encodeServer,
  FrameError,
  packFrames,
  unpackFrames,
} from '../../src/net/frames'
import type { Bytes } from '../../src/net/bytes'
import { concat } from '../../src/net/bytes'
import { choices } from '../support/random'

interface Vector {
  name: string
  frame: string
  hex: string
  fields: Record<string, unknown>
}
interface BadVector {
  name: string
  hex: string
  code: string
}
const file = new URL('../../../tests/vectors/frames.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
  client: Vector[]
  server: Vector[]
  bad_client: BadVector[]
  bad_server: BadVector[]
}
const bytes = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (raw: Uint8Array): string => Buffer.from(raw).toString('hex')

/** The fields of a decoded frame as the vectors write them, in the order of the wire. */
function shown(frame: object): unknown[] {
  return Object.entries(frame)
    .filter(([name]) => name !== 'type')
    .map(([, value]) => shownValue(value))
}

function shownValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value)
  if (Array.isArray(value)) return value.map(shownValue)
  return value
}

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof FrameError) return error.code
    throw error
  }
  return 'accepted'
}

describe('the frames of the protocol page', () => {
  it.each(vectors.client)('client frame $name is read and written to the byte', ({ hex: wire, fields }) => {
    const frame = decodeClient(bytes(wire))
    expect(shown(frame)).toEqual(Object.values(fields))
    expect(hex(encodeClient(frame))).toBe(wire)
  })

  it.each(vectors.server)('server frame $name is read and written to the byte', ({ hex: wire, fields }) => {
    const frame = decodeServer(bytes(wire))
    const { client_id: clientId, ...others } = fields
    const expected =
      frame.type === 'envelope'
        ? [...Object.values(others).slice(0, -1), clientId, others['body']]
        : Object.values(fields)
    expect(shown(frame)).toEqual(expected)
    expect(hex(encodeServer(frame))).toBe(wire)
  })

  it.each(vectors.bad_client)('client frame $name is refused with its code', ({ hex: wire, code }) => {
    expect(codeOf(() => decodeClient(bytes(wire)))).toBe(code)
  })

  it.each(vectors.bad_server)('server frame $name is refused with its code', ({ hex: wire, code }) => {
    expect(codeOf(() => decodeServer(bytes(wire)))).toBe(code)
  })

  it('either reads bytes so that writing gives them back, or refuses them: whatever bytes they are', () => {
    const random = choices(7)
    for (let round = 0; round < 3000; round++) {
      const sample = bytes(random.pick([...vectors.client, ...vectors.server]).hex)
      const mangled = random.mangle(sample)
      for (const both of [
        (raw: Bytes) => encodeClient(decodeClient(raw)),
        (raw: Bytes) => encodeServer(decodeServer(raw)),
      ]) {
        let again: Bytes
        try {
          again = both(mangled)
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError)
          continue
        }
        expect(hex(again)).toBe(hex(mangled))
      }
    }
  })

  it('a row of frames comes apart as it was put together, and a cut row is refused', () => {
    const frames = vectors.client.map(({ hex: wire }) => bytes(wire))
    const row = packFrames(frames)
    expect(unpackFrames(row).map(hex)).toEqual(frames.map(hex))
    expect(codeOf(() => unpackFrames(row.slice(0, -1)))).toBe('relay.malformed')
    expect(codeOf(() => unpackFrames(concat(row, new Uint8Array(3))))).toBe('relay.malformed')
  })
})
