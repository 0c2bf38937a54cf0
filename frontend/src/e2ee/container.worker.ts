/** Reads and writes one file of the origin's private file system, in place. It sees sealed bytes only. */

import type { FileAct, FileAnswer } from './opfs'

let file: FileSystemSyncAccessHandle | null = null

async function open(name: string): Promise<FileSystemSyncAccessHandle> {
  const folder = await navigator.storage.getDirectory()
  return (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle()
}

async function run(act: FileAct): Promise<FileAnswer['value']> {
  if (act.kind === 'open') {
    file = await open(act.name)
    return file.getSize()
  }
  if (file === null) throw new DOMException('not open', 'InvalidStateError')
  switch (act.kind) {
    case 'read': {
      const bytes = new Uint8Array(act.size)
      return bytes.subarray(0, file.read(bytes, { at: act.at }))
    }
    case 'write': {
      const written = file.write(act.bytes, { at: act.at })
      if (written !== act.bytes.length) throw new DOMException('no room', 'QuotaExceededError')
      file.flush()
      return null
    }
    case 'close': {
      file.close()
      file = null
      return null
    }
  }
}

onmessage = async ({ data }: MessageEvent<{ id: number; act: FileAct }>): Promise<void> => {
  const answer: FileAnswer = await run(data.act).then(
    (value) => ({ id: data.id, value, error: null }),
    (error: unknown) => ({ id: data.id, value: null, error: error instanceof Error ? error.name : 'UnknownError' }),
  )
  postMessage(answer)
}
