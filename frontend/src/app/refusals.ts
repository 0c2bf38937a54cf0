/** From what was thrown to calm words. */

/** The codes that have words of their own; every other code gets the general ones. */
export const REFUSALS = [
  'net.unreachable',
  'request.slow_down',
  'request.try_later',
  'hotline.queue_full',
  'hotline.intake_key_stale',
  'hotline.unknown_seat',
  'trust.root',
  'trust.list_stale',
  'trust.list_older',
  'trust.revoked',
  'trust.time',
  'trust.no_intake',
  'trust.broken',
  'clock.off',
  'place.none',
  'place.other',
  'kept.none',
  'kept.wrong_phrase',
  'kept.short_phrase',
  'kept.already',
  'kept.elsewhere',
  'kept.storage',
  'kept.memory',
] as const

/** Errors that bring no code: known by their names, so that nothing here loads what throws them. */
const NAMED: Record<string, (typeof REFUSALS)[number]> = {
  NoSuchPlace: 'place.none',
  ShapeError: 'place.other',
  PlaceUnopenable: 'place.other',
  NothingKept: 'kept.none',
  WrongPhrase: 'kept.wrong_phrase',
  PhraseTooShort: 'kept.short_phrase',
  AlreadyKept: 'kept.already',
  HeldElsewhere: 'kept.elsewhere',
  StorageRefused: 'kept.storage',
  ContainerFull: 'kept.storage',
  NotKept: 'kept.storage',
  StretchFailed: 'kept.memory',
}

/** A stable code for anything that was thrown. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unexpected'
  if (error.name === 'ApiError' && 'code' in error && typeof error.code === 'string') return error.code
  if (error.name === 'TrustRefused' && 'reason' in error)
    return 'clockOff' in error && error.clockOff === true ? 'clock.off' : `trust.${String(error.reason)}`
  return NAMED[error.name] ?? 'unexpected'
}

/** The id of the words for a code. Whatever is wrong with a chain of keys means the same to people, unless they can do something about it. */
export function refusalId(code: string): string {
  const known = (REFUSALS as readonly string[]).includes(code)
  const shown = known ? code : code.startsWith('trust.') ? 'trust.broken' : 'unexpected'
  return `app-refusal-${shown.replaceAll(/[._]/g, '-')}`
}
