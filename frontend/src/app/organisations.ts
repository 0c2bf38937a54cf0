/** Texts that organisations write themselves, in the languages in which they did. */

import { LANGUAGES } from '../shared/fluent'

export interface Worded {
  readonly text: string
  /** The language that it is written in, for screen readers. */
  readonly language: string
}

/** The text in `language`, or in another where there is none; empty where it was never written. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string): Worded {
  for (const one of [language, ...LANGUAGES, ...Object.keys(texts)]) {
    const text = texts[one]?.trim()
    if (text) return { text, language: one }
  }
  return { text: '', language }
}
