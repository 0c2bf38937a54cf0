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
  /** May be called again. */
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
  open: fileOpen,
  async remove() {
    try {
      await (await navigator.storage.getDirectory()).removeEntry(FILE)
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw new StorageRefused()
    }
  },
}

async function fileOpen(): Promise<OpenFile> {
  const line = new FileLine()
  const size = await line.ask({ kind: 'open', name: FILE }).catch((error: unknown) => {
    line.end()
    throw error
  })
  return {
    size: size as number,
    read: async (at, length) => (await line.ask({ kind: 'read', at, size: length })) as Bytes,
    write: async (at, bytes) => {
      await line.ask({ kind: 'write', at, bytes })
    },
    close: async () => {
      if (!line.over) await line.ask({ kind: 'close' }).finally(() => line.end())
    },
  }
}

interface Asked {
  resolve(value: FileAnswer['value']): void
  reject(error: Error): void
}

/** Questions to the worker and its answers. Nothing waits for a worker that is gone. */
class FileLine {
  readonly #worker = workerStart(workerUrl)
  readonly #waiting = new Map<number, Asked>()
  #next = 0
  over = false

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<FileAnswer>) => this.#answered(data)
    this.#worker.onerror = () => this.end()
  }

  ask(act: FileAct): Promise<FileAnswer['value']> {
    if (this.over) return Promise.reject(new StorageRefused())
    return new Promise((resolve, reject) => {
      const id = this.#next++
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, act })
    })
  }

  end(): void {
    this.over = true
    this.#worker.terminate()
    for (const asked of this.#waiting.values()) asked.reject(new StorageRefused())
    this.#waiting.clear()
  }

  #answered({ id, value, error }: FileAnswer): void {
    const asked = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === null) asked?.resolve(value)
    else asked?.reject(error === 'NoModificationAllowedError' ? new HeldElsewhere() : new StorageRefused())
  }
}
