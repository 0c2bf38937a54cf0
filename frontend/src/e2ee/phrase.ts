/** Words that a person says, types and mistypes: one canonical form. */

/** Lower case, accents apart from their letters (NFKD), one space between words. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[\s,.;\u00b7-]+/u)
    .filter((word) => word !== '')
}

/** Without accents: who types on a borrowed phone may find none. */
export function bare(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '')
}
