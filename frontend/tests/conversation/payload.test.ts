import { describe, expect, it } from 'vitest'
import { payloadDecode, payloadEncode } from '../../src/conversation/payload'
import type { Payload, Said } from '../../src/conversation/payload'
import { b64Encode } from '../../src/net/bytes'
import { ShapeError } from '../../src/net/shape'
import { choices } from '../support/random'

const name = (fill: number): string => b64Encode(new Uint8Array(16).fill(fill))
const json = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value))

const EVERYTHING: Said[] = [
  { type: 'hello', seat: 0 },
  { type: 'hello', seat: 65_535, timer: 300 },
  { type: 'text', id: name(1), text: 'Señal — 標識 \u0000', timer: 604_800, once: true },
  { type: 'seen' },
  { type: 'timer', seconds: 300 },
  { type: 'burn' },
  { type: 'close' },
]

describe('a payload', () => {
  it.each(EVERYTHING)('of type $type says the same after its way', (said) => {
    const payload: Payload = { n: 7, seen: new Map([[name(2), 4]]), list: 12, said }
    expect(payloadDecode(payloadEncode(payload))).toEqual(payload)
    const { list: _list, ...without } = payload
    expect(payloadDecode(payloadEncode(without))).toEqual(without)
  })

  it('is the JSON of the protocol page', () => {
    const whole = payloadEncode({ n: 7, seen: new Map([[name(2), 4]]), list: 12, said: { type: 'burn' } })
    expect(JSON.parse(new TextDecoder().decode(whole))).toEqual({
      v: 1,
      n: 7,
      seen: [[name(2), 4]],
      list: 12,
      type: 'burn',
    })
  })

  const honest = { v: 1, n: 1, seen: [], type: 'seen' }
  it.each([
    ['another version', { ...honest, v: 2 }],
    ['an unknown field', { ...honest, extra: 1 }],
    ['an unknown type', { ...honest, type: 'constructor' }],
    ['no type', { v: 1, n: 1, seen: [] }],
    ['a number below one', { ...honest, n: 0 }],
    ['half a number', { ...honest, n: 1.5 }],
    ['a member twice', { ...honest, seen: [[name(1), 1], [name(1), 2]] }], // prettier-ignore
    ['a short mark', { ...honest, seen: [['AAAA', 1]] }],
    ['too many members', { ...honest, seen: Array.from({ length: 21 }, (_, at) => [name(at), 1]) }],
    ['a timer that is too short', { ...honest, type: 'timer', seconds: 299 }],
    ['a timer that is too long', { ...honest, type: 'timer', seconds: 604_801 }],
    ['a field of another type', { ...honest, type: 'seen', seconds: 300 }],
    ['a text that is too long', { ...honest, type: 'text', id: name(1), text: 'a'.repeat(8_001), timer: 300, once: false }], // prettier-ignore
    ['no object', 'seen'],
    ['a list', [honest]],
    ['nothing', null],
  ])('with %s is refused', (_what, value) => {
    expect(() => payloadDecode(json(value))).toThrow(ShapeError)
  })

  it('that was mangled is read or refused, and never anything else', () => {
    const random = choices(7)
    for (let round = 0; round < 400; round++) {
      const raw = payloadEncode({ n: 3, seen: new Map([[name(3), 1]]), said: random.pick(EVERYTHING) })
      try {
        payloadDecode(random.mangle(raw))
      } catch (error) {
        expect(error).toBeInstanceOf(ShapeError)
      }
    }
  })
})
