/** Notes and places are padded like bodies (docs/protocol.md §2), to buckets of their own. */

export { BUCKETS, PaddingError, pad, unpad } from '../net/padding'

/** What the text of a note may fill. */
export const NOTE_BUCKETS = [4096, 16384] as const
