/** Argon2id (RFC 9106) beside the page: it takes a second, and only its own worker may compile WebAssembly (docs/protocol.md §7). */

import workerUrl from './argon2.worker.ts?worker&url'
import type { Argon2Answer, Argon2Input } from './argon2_hash'
import type { Bytes } from './types'
import { workerStart } from './worker'

export type { Argon2Input }

/** How keys are stretched: `stretch`, or a test's way. */
export type Stretch = (input: Argon2Input) => Promise<Bytes>

export interface Cost {
  readonly memoryKiB: number
  readonly passes: number
}

/** What return words take everywhere, and a kept conversation where the phone can. */
export const FULL_COST: Cost = { memoryKiB: 64 * 1024, passes: 3 }
/** Below this nothing is stretched, whoever asks. */
export const LEAST_COST: Cost = { memoryKiB: 46 * 1024, passes: 1 }

/** The phone has no memory for it, or its browser no workers. */
export class StretchFailed extends Error {
  override name = 'StretchFailed'
}

/** Runs in a worker of its own, which ends with the answer and takes its memory along. Throws `StretchFailed`. */
export const stretch: Stretch = async (input) => {
  const worker = started()
  try {
    return await new Promise<Bytes>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Argon2Answer>) => {
        if (data.ok) resolve(data.hash)
        else reject(new StretchFailed())
      }
      worker.onerror = () => reject(new StretchFailed())
      worker.postMessage(input)
    })
  } finally {
    worker.terminate()
  }
}

function started(): Worker {
  try {
    return workerStart(workerUrl)
  } catch {
    throw new StretchFailed()
  }
}
