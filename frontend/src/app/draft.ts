/** What a person chooses to tell before anybody answers. Everything but how soon is optional. */

import type { Ask } from '../conversation/survivor'
import type { Language, Level } from '../net/rest'

/** How soon, in the person's own judgement. */
export const LEVELS: readonly Level[] = ['now', 'soon', 'talk']

/** The labels that a request may carry (backend/hotline/labels.py), in the order in which they are offered. */
export const TOPICS = [
  'partner_violence',
  'labor_trafficking',
  'sex_trafficking',
  'debt_bondage',
  'docs_confiscated',
  'job_offer_check',
  'stalking_monitoring',
  'image_abuse',
  'impersonation',
  'device_safety',
  'need_shelter',
  'need_legal',
  'need_medical',
  'need_counselling',
  'need_money',
  'need_transport',
  'peer_support',
] as const
export type Topic = (typeof TOPICS)[number]

export const TOPICS_MOST = 5

export interface Draft {
  level: Level | null
  topics: readonly Topic[]
  country: string
  state: string
  language: Language
  text: string
}

export function draftEmpty(language: Language): Draft {
  return { level: null, topics: [], country: '', state: '', language, text: '' }
}

/** The topics after one was touched: off if it was on, on if there is room, otherwise as before. */
export function topicTouch(topics: readonly Topic[], topic: Topic): readonly Topic[] {
  if (topics.includes(topic)) return topics.filter((one) => one !== topic)
  return topics.length < TOPICS_MOST ? [...topics, topic] : topics
}

/** ISO 3166: `US-TX`, `FR`, or nothing. */
export function regionOf(draft: Pick<Draft, 'country' | 'state'>): string {
  if (draft.country === '') return ''
  return draft.country === 'US' && draft.state !== '' ? `US-${draft.state}` : draft.country
}

/** What is sent; null while it is not said how soon. */
export function askOf(draft: Draft): Ask | null {
  const { level, topics, language } = draft
  return level === null ? null : { level, topics, language, region: regionOf(draft), text: draft.text.trim() }
}
