/** Bodies: padded to fixed sizes, so that a length tells next to nothing (docs/protocol.md §2). */

import { concat, u32 } from './bytes'
import type { Bytes } from './bytes'

export const BUCKETS = [1024, 4096, 16384, 65536] as const
export const SLOT_BODY = 1024
const PREFIX = 4

/** The bytes are not a padded body, or the content fits into no bucket. */
export class PaddingError extends Error {
  override name = 'PaddingError'
}

/** `u32 length ‖ content ‖ zeros` in the smallest bucket that holds it. Throws `PaddingError` where none does. */
export function pad(content: Uint8Array, buckets: readonly number[] = BUCKETS): Bytes {
  const size = buckets.find((bucket) => PREFIX + content.length <= bucket)
  if (size === undefined) throw new PaddingError('larger than the largest bucket')
  return concat(u32(content.length), content, new Uint8Array(size - PREFIX - content.length))
}

/** The content of a padded body. Throws `PaddingError` for another size, a length that does not fit, or padding that is not zero. */
export function unpad(body: Uint8Array, buckets: readonly number[] = BUCKETS): Bytes {
  if (!buckets.includes(body.length)) throw new PaddingError("not a bucket's size")
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0)
  if (length > body.length - PREFIX) throw new PaddingError('the length does not fit')
  if (body.subarray(PREFIX + length).some((byte) => byte !== 0)) throw new PaddingError('the padding is not zero')
  return new Uint8Array(body.subarray(PREFIX, PREFIX + length))
}
