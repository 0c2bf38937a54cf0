import { language } from '../shared/fluent'

/** A date and time in the reader's words and zone, from UTC seconds. */
export function dateTime(seconds: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(seconds * 1000)
}

/** The time of day, from milliseconds. */
export function timeOfDay(milliseconds: number): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'short' }).format(milliseconds)
}
