/** The only file that may compile WebAssembly: one input, one answer. */

import { argon2Hash, type Argon2Answer, type Argon2Input } from './argon2_hash'

onmessage = async ({ data }: MessageEvent<Argon2Input>): Promise<void> => {
  const answer: Argon2Answer = await argon2Hash(data).then(
    (hash) => ({ ok: true, hash }),
    () => ({ ok: false }),
  )
  data.secret.fill(0)
  postMessage(answer)
}
