/** Strict reading of JSON that somebody else wrote. Every reader throws `ShapeError`; nothing is coerced. */

import { b64Decode } from './bytes'
import type { Bytes } from './bytes'

export class ShapeError extends Error {
  override name = 'ShapeError'
}

export type Fields = Record<string, unknown>

function refuse(what: string): never {
  throw new ShapeError(what)
}

/** An object with all of `required`, perhaps some of `optional`, and nothing else. */
export function fieldsOf(value: unknown, required: readonly string[], optional: readonly string[] = []): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('not an object')
  const names = Object.keys(value)
  if (required.some((name) => !Object.hasOwn(value, name))) return refuse('a field is missing')
  if (names.some((name) => !required.includes(name) && !optional.includes(name))) return refuse('an unknown field')
  return value as Fields
}

export function textOf(value: unknown, limit = 10_000): string {
  return typeof value === 'string' && value.length <= limit ? value : refuse('not a text')
}

export function countOf(value: unknown, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
    ? value
    : refuse('not a count')
}

export function flagOf(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse('not a boolean')
}

export function bytesOf(value: unknown, size?: number): Bytes {
  return b64Decode(value, size) ?? refuse('not base64url')
}

export function listOf<T>(value: unknown, read: (item: unknown) => T, most = 1000): T[] {
  return Array.isArray(value) && value.length <= most ? value.map(read) : refuse('not a list')
}

export function oneOf<T extends string>(value: unknown, known: readonly T[]): T {
  return known.find((item) => item === value) ?? refuse('not one of the known words')
}

export function orNull<T>(value: unknown, read: (item: unknown) => T): T | null {
  return value === null ? null : read(value)
}
