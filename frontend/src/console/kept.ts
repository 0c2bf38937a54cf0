/** What this browser keeps between visits for one member of staff, by name; keystore.ts seals it. */

import { deviceKeysExport, deviceKeysImport, type DeviceKeys } from '../e2ee/devices'
import { signedDecode, type RevocationList } from '../e2ee/signed'
import { sameBytes, type Bytes } from '../net/bytes'
import type { Keystore } from './keystore'

/** The keys to work with, and those of a supervisor's signing device. */
export type KeysName = 'work' | 'signing'

export class Kept {
  work: DeviceKeys | null = null
  signing: DeviceKeys | null = null
  /** The root key that this browser believes; null until the first use. */
  root: Bytes | null = null
  /** Whether the person said that its fingerprint is the organisation's. */
  compared = false
  /** The newest revocation list that was verified here. */
  list: RevocationList | null = null
  /** The same as it was signed. */
  listSigned: Bytes | null = null
  readonly #store: Keystore

  private constructor(store: Keystore) {
    this.#store = store
  }

  /** Throws `StorageRefused` where the browser keeps nothing. */
  static async open(store: Keystore): Promise<Kept> {
    const kept = new Kept(store)
    kept.work = await keysOf(await store.get('work'))
    kept.signing = await keysOf(await store.get('signing'))
    kept.root = await store.get('root')
    const compared = await store.get('compared')
    kept.compared = kept.root !== null && compared !== null && sameBytes(compared, kept.root)
    kept.listSigned = await store.get('list')
    kept.list = kept.listSigned === null ? null : signedDecode('revocationList', kept.listSigned).body
    return kept
  }

  async keepKeys(name: KeysName, keys: DeviceKeys): Promise<void> {
    await this.#store.put(name, deviceKeysExport(keys))
    this[name] = keys
  }

  /** Pins a root. Another root than before was reached by rotations, which the old one signed: what was compared stays compared. */
  async keepRoot(root: Bytes): Promise<void> {
    if (this.root !== null && sameBytes(this.root, root)) return
    if (this.compared) await this.#store.put('compared', root)
    await this.#store.put('root', root)
    this.root = root
  }

  async keepCompared(): Promise<void> {
    if (this.root === null) return
    await this.#store.put('compared', this.root)
    this.compared = true
  }

  async keepList(list: RevocationList, signed: Bytes): Promise<void> {
    if (this.list !== null && this.list.number === list.number) return
    await this.#store.put('list', signed)
    this.list = list
    this.listSigned = signed
  }
}

async function keysOf(stored: Bytes | null): Promise<DeviceKeys | null> {
  return stored === null ? null : deviceKeysImport(stored)
}
