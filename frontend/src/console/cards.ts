/** How the queue is ordered and told. Pure: the same cards and the same time give the same list. */

import type { Card, Level } from './staff'

/** From the most pressing down; the queue shows it in this order. */
export const LEVELS: readonly Level[] = ['now', 'soon', 'talk']

/** A shape for each level that reads without colour: full, half and empty. */
export const SHAPES: Readonly<Record<Level, 'full' | 'half' | 'empty'>> = { now: 'full', soon: 'half', talk: 'empty' }

/** The most pressing first, then who waits longest, then by id so that equal cards never change places. */
export function cardsOrdered(cards: readonly Card[]): Card[] {
  return [...cards].sort(
    (a, b) =>
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
      a.since - b.since ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}

export interface Wait {
  unit: 'moment' | 'minutes' | 'hours' | 'days'
  count: number
}

/** How long a card waits, in the one unit that is worth reading. `since` are UTC seconds, `now` milliseconds. */
export function waitOf(since: number, now: number): Wait {
  const minutes = Math.max(0, Math.floor((now / 1000 - since) / 60))
  if (minutes < 1) return { unit: 'moment', count: 0 }
  if (minutes < 60) return { unit: 'minutes', count: minutes }
  if (minutes < 48 * 60) return { unit: 'hours', count: Math.floor(minutes / 60) }
  return { unit: 'days', count: Math.floor(minutes / (24 * 60)) }
}

/** The topics that have words of their own; any other label shows as it came. */
export const TOPICS: readonly string[] = [
  'sex_trafficking',
  'labor_trafficking',
  'job_offer_check',
  'debt_bondage',
  'docs_confiscated',
  'image_abuse',
  'stalking_monitoring',
  'impersonation',
  'partner_violence',
  'need_shelter',
  'need_legal',
  'need_medical',
  'need_counselling',
  'need_money',
  'need_transport',
  'device_safety',
  'peer_support',
]

/** The id of the text for a topic. */
export const topicId = (label: string): string => `console-topic-${label.replaceAll('_', '-')}`
