/** One file of the origin private file system, by way of a worker: only there can it be written in place. */

import workerUrl from './container.worker.ts?worker&url'
import { HeldElsewhere } from './lock'
import type { Bytes } from './types'
import { workerStart } from './worker'

/** A file that was opened, for this tab alone. */
export interface OpenFile {
  /** What it held when it was opened, in bytes. */
  readonly size: number
  read(at: number, size: number): Promise<Bytes>
  /** Overwrites in place; resolves when the bytes are on the disk. */
  write(at: number, bytes: Bytes): Promise<void>
  close(): Promise<void>
}

/** Where the file lies. */
export interface Folder {
  exists(): Promise<boolean>
  /** Makes an empty file where there is none. Throws `HeldElsewhere`, `StorageRefused`. */
  open(): Promise<OpenFile>
  remove(): Promise<void>
}

/** The browser keeps nothing here: a private window, no room, or an old browser. */
export class StorageRefused extends Error {
  override name = 'StorageRefused'
}

export type FileAct =
  | { readonly kind: 'open'; readonly name: string }
  | { readonly kind: 'read'; readonly at: number; readonly size: number }
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Bytes }
  | { readonly kind: 'close' }

export interface FileAnswer {
  readonly id: number
  readonly value: number | Bytes | null
  /** The name of what was thrown. */
  readonly error: string | null
}

/** Says nothing to whoever lists files. */
const FILE = 'data'

export const opfs: Folder = {
  async exists() {
    try {
      await (await navigator.storage.getDirectory()).getFileHandle(FILE)
      return true
    } catch {
      return false
    }
  },
  open: () => fileOpen(workerStart(workerUrl)),
  async remove() {
    try {
      await (await navigator.storage.getDirectory()).removeEntry(FILE)
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw new StorageRefused()
    }
  },
}

async function fileOpen(worker: Worker): Promise<OpenFile> {
  const ask = asker(worker)
  const size = await ask({ kind: 'open', name: FILE }).catch((error: unknown) => {
    worker.terminate()
    throw error
  })
  return {
    size: size as number,
    read: async (at, length) => (await ask({ kind: 'read', at, size: length })) as Bytes,
    write: async (at, bytes) => {
      await ask({ kind: 'write', at, bytes })
    },
    close: async () => {
      await ask({ kind: 'close' }).finally(() => worker.terminate())
    },
  }
}

function asker(worker: Worker): (act: FileAct) => Promise<FileAnswer['value']> {
  const waiting = new Map<number, { resolve: (value: FileAnswer['value']) => void; reject: (error: Error) => void }>()
  let next = 0
  worker.onmessage = ({ data }: MessageEvent<FileAnswer>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.error === null) asked?.resolve(data.value)
    else asked?.reject(data.error === 'NoModificationAllowedError' ? new HeldElsewhere() : new StorageRefused())
  }
  worker.onerror = () => {
    for (const asked of waiting.values()) asked.reject(new StorageRefused())
    waiting.clear()
  }
  return (act) =>
    new Promise((resolve, reject) => {
      const id = next++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, act })
    })
}
