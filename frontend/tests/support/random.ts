import type { Bytes } from '../../src/net/bytes'

/** Repeatable choices for property tests (mulberry32): the same seed makes the same choices, so a failure can be looked at again. */
export interface Choices {
  /** 0 ≤ x < 1 */
  real(): number
  below(limit: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** A copy with one to three of: a byte changed, cut short, lengthened. */
  mangle(raw: Bytes): Bytes
}

export function choices(seed: number): Choices {
  let state = seed >>> 0
  const real = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(real() * limit)
  const mangleOnce = (raw: Bytes): Bytes => {
    const copy = raw.slice()
    const way = below(4)
    if (way === 0) return copy.slice(0, below(copy.length + 1))
    if (way === 1) return new Uint8Array([...copy, ...Array.from({ length: 1 + below(4) }, () => below(256))])
    if (copy.length > 0) copy[below(Math.min(copy.length, 64))] = below(256)
    return copy
  }
  return {
    real,
    below,
    chance: (probability) => real() < probability,
    pick: (from) => from[below(from.length)]!,
    mangle: (raw) => Array.from({ length: 1 + below(3) }).reduce<Bytes>((bytes) => mangleOnce(bytes), raw),
  }
}
