/** What tests/flows/test_container.py drives in a real browser: the container and the return words, as the app loads them. */

import { Container, containerErase, containerExists, containerPossible } from '../../../src/e2ee/container'
import { returnKeys, wordsRead } from '../../../src/e2ee/words'
import { b64Encode } from '../../../src/net/bytes'

let kept: Container | null = null

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

/** The name of what was thrown, or what `act` gave. */
async function outcome<T>(act: () => Promise<T>): Promise<T | string> {
  try {
    return await act()
  } catch (error) {
    return nameOf(error)
  }
}

const tried = {
  possible: containerPossible,
  exists: () => containerExists(),
  create: (phrase: string) =>
    outcome(async () => {
      kept = await Container.create(phrase)
      return 'made'
    }),
  open: (phrase: string) =>
    outcome(async () => {
      kept = await Container.open(phrase)
      return new TextDecoder().decode(await kept.read())
    }),
  write: (text: string) => outcome(async () => kept?.write(encode(text)).then(() => 'written')),
  close: () => outcome(async () => kept?.close()),
  erase: () => outcome(async () => kept?.erase()),
  eraseUnopened: () => outcome(() => containerErase()),
  /** What the file holds now, as a thief would copy it: a piece of the slot that holds the snapshot and one of the other. */
  async pieces(): Promise<string[]> {
    const file = await (await (await navigator.storage.getDirectory()).getFileHandle('data')).getFile()
    const at = [8192 + 1000, 8192 + 520192 + 1000]
    return Promise.all(
      at.map(async (from) => b64Encode(new Uint8Array(await file.slice(from, from + 48).arrayBuffer()))),
    )
  },
  async returnKeys(words: string, language: 'en' | 'es', host: string): Promise<string[]> {
    const read = await wordsRead(words, language)
    const { id, token, key } = await returnKeys(read as string[], host)
    return [id, token, key].map(b64Encode)
  },
}

declare global {
  var tried: object
}
globalThis.tried = tried
document.title = 'ready'
