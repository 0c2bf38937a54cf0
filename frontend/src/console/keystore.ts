/**
 * What this browser keeps for a member of staff: device keys, the root it believes and the newest list number it saw.
 *
 * Each value lies in IndexedDB sealed with AES-256-GCM under one key that the browser holds non-extractable: a copy of the
 * values alone opens nothing. Whoever can run code in this browser profile can use the key; only the operating system's
 * own lock protects against that, and docs/console.md says so. Nothing of a conversation is ever put here.
 */

import { concat, type Bytes } from '../net/bytes'

const NAME = 'quietline-staff'
const KEYS = 'keys'
const VALUES = 'values'
const SEAL = 'seal'
const NONCE = 12

/** The browser refuses to keep anything: private window, storage full, or blocked. */
export class StorageRefused extends Error {
  constructor() {
    super('storage')
    this.name = 'StorageRefused'
  }
}

export interface Keystore {
  get(name: string): Promise<Bytes | null>
  put(name: string, value: Bytes): Promise<void>
  remove(name: string): Promise<void>
}

/** Opens the store of one member of staff; `owner` keeps people who share a browser apart and is bound into each sealing. */
export async function keystoreOpen(owner: string, factory: IDBFactory = indexedDB): Promise<Keystore> {
  const database = await databaseOpen(factory)
  const seal = await sealKey(database)
  const at = (name: string): string => `${owner}\n${name}`
  return {
    async get(name) {
      const stored = await asked<Bytes | undefined>(database, VALUES, 'readonly', (store) => store.get(at(name)))
      return stored === undefined ? null : opened(seal, stored, at(name))
    },
    async put(name, value) {
      const sealed = await sealedValue(seal, value, at(name))
      await asked(database, VALUES, 'readwrite', (store) => store.put(sealed, at(name)))
    },
    async remove(name) {
      await asked(database, VALUES, 'readwrite', (store) => store.delete(at(name)))
    },
  }
}

function databaseOpen(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(KEYS)
      request.result.createObjectStore(VALUES)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new StorageRefused())
    request.onblocked = () => reject(new StorageRefused())
  })
}

/** The one sealing key; two tabs that start at once agree on the one that was written first. */
async function sealKey(database: IDBDatabase): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await asked(database, KEYS, 'readwrite', (store) => store.add(made, SEAL)).catch(() => undefined)
  const kept = await asked<CryptoKey | undefined>(database, KEYS, 'readonly', (store) => store.get(SEAL))
  if (kept === undefined) throw new StorageRefused()
  return kept
}

async function sealedValue(key: CryptoKey, value: Bytes, place: string): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  return concat(
    iv,
    new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(place) }, key, value)),
  )
}

async function opened(key: CryptoKey, stored: Bytes, place: string): Promise<Bytes> {
  const iv = stored.slice(0, NONCE)
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv, additionalData: bound(place) },
    key,
    stored.slice(NONCE),
  )
  return new Uint8Array(plain)
}

const bound = (place: string): Bytes => new TextEncoder().encode(`${NAME} v1\n${place}`)

function asked<T>(
  database: IDBDatabase,
  name: string,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: 'strict' })
    const request = ask(transaction.objectStore(name))
    transaction.oncomplete = () => resolve(request.result as T)
    transaction.onabort = () => reject(new StorageRefused())
  })
}
