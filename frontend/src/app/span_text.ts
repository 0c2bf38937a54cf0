import { t } from '../shared/fluent'
import { spanOf } from './spans'

/** A length of time (seconds) in the words of the language in use. */
export function spanText(seconds: number): string {
  const { unit, count } = spanOf(seconds)
  return t(`app-span-${unit}`, { count })
}
