/** What is wrong with typed return words, before anything is opened with them. */

import { wordsOf } from '../e2ee/phrase'

const WORDS = 6

export type WordsProblem =
  /** The first that no list knows, and how many more there are. */
  | { readonly kind: 'unknown'; readonly word: string; readonly more: number }
  | { readonly kind: 'count'; readonly count: number }

/** `read` as e2ee/words.ts read them: null for each word that no list knows. Null where all is well. */
export function wordsProblem(typed: string, read: readonly (string | null)[]): WordsProblem | null {
  const unknown = read.flatMap((word, index) => (word === null ? [index] : []))
  const first = unknown[0]
  if (first !== undefined) {
    const word = wordsOf(typed)[first]?.normalize('NFC') ?? ''
    return { kind: 'unknown', word, more: unknown.length - 1 }
  }
  return read.length === WORDS ? null : { kind: 'count', count: read.length }
}
