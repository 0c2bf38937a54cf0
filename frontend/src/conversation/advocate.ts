/** The advocate's side: claim a request, check its note, make the conversation, and end it in one way or another. */

import {
  createGroup,
  joinGroup,
  keyPackageLeaf,
  noteCheck,
  NoteMismatch,
  openNote,
  Unopenable,
  Untrusted,
  verifyRejoin,
} from '../e2ee'
import type { Leaf, OpenedNote, Trust } from '../e2ee'
import { staffKeys } from '../e2ee/staff'
import type { DeviceKeys } from '../e2ee/staff'
import { ActRefused } from '../net/acts'
import { b64Decode, b64Encode, randomBytes, sha256 } from '../net/bytes'
import type { Bytes } from '../net/bytes'
import { ApiError } from '../net/http'
import type { Level } from '../net/rest'
import type { Time } from '../net/time'
import { Conversation } from './engine'
import type { Relay } from './options'
import { LivePolicy } from './policy'
import type { Parts } from './session'

export type ReturnReason = 'note_mismatch' | 'lost' | 'mistake'

/** What a claim answers, in b64. */
export interface ClaimAnswer {
  readonly id: string
  readonly note: string
  readonly intake_key: string
  readonly package: string
  readonly seat: string
  readonly language: string
  readonly level: Level
}

/** The calls of docs/protocol.md §9 that are used here; console/staff.ts has them. */
export interface ClaimCalls {
  claim(id: string, device: string, owner: string): Promise<ClaimAnswer>
  talking(id: string): Promise<unknown>
  giveBack(id: string, reason: ReturnReason): Promise<unknown>
  close(id: string): Promise<unknown>
}

export interface ClaimOptions {
  readonly calls: ClaimCalls
  readonly relay: Relay
  /** b64 id of the request, as the queue's card has it. */
  readonly request: string
  /** What `verifyTrust` made of the newest trust answer; asked again whenever it matters. Throws `Untrusted` where nobody is believed. */
  readonly trust: () => Trust
  readonly device: DeviceKeys
  /** The own chain: both certificates as signed. */
  readonly certificates: { readonly signing: Bytes; readonly device: Bytes }
  /** The private half of an intake key (b64 key id), or null where this device has none. */
  readonly intakeKey: (keyId: string) => Promise<Bytes | null>
  /** Seconds, until somebody sets another. */
  readonly timer: number
}

/** The request was claimed but cannot be answered here; it was given back. */
export class ClaimRefused extends Error {
  override name = 'ClaimRefused'
  readonly code: ClaimRefusal

  constructor(code: ClaimRefusal) {
    super(code)
    this.code = code
  }
}

export type ClaimRefusal =
  /** The note was not made for these key packages: somebody exchanged something. */
  | 'hotline.note_mismatch'
  /** This device does not have the key that the note is sealed to. */
  | 'console.no_intake_key'
  /** The conversation could not be opened. */
  | 'console.not_opened'

const REASONS: Record<ClaimRefusal, ReturnReason> = {
  'hotline.note_mismatch': 'note_mismatch',
  'console.no_intake_key': 'mistake',
  'console.not_opened': 'lost',
}

export class AdvocateTalk {
  /** b64 id of the request. */
  readonly id: string
  /** What the person wrote while waiting; may be empty. */
  readonly note: { readonly text: string; readonly language: string }
  readonly level: Level
  readonly conversation: Conversation
  readonly #calls: ClaimCalls
  readonly #time: Time
  readonly #unsubscribe: () => void
  #over = false

  private constructor(options: ClaimOptions, claimed: ClaimAnswer, note: OpenedNote, conversation: Conversation) {
    this.id = claimed.id
    this.note = { text: note.text, language: note.language }
    this.level = claimed.level
    this.conversation = conversation
    this.#calls = options.calls
    this.#time = options.relay.time
    this.#unsubscribe = conversation.subscribe(({ connection, notices }) => {
      if (connection !== 'ended' || !notices.some(({ kind }) => kind === 'closed')) return
      // Who closed the conversation wants it erased: the server is told at once, not when somebody puts it away.
      void this.#tell(() => this.#calls.close(this.id)).catch(() => undefined)
    })
  }

  /** Throws `ClaimRefused`, `ApiError` (`hotline.already_claimed` …), `Untrusted`. */
  static async claim(options: ClaimOptions): Promise<AdvocateTalk> {
    const { calls, device, request } = options
    const root = options.trust().root
    const owner = randomBytes(32)
    const claimed = await calls.claim(request, b64Encode(device.deviceId), b64Encode(await sha256(owner)))
    try {
      const person = await checked(claimed, options, root)
      const conversation = await opened(claimed.id, person, owner, options)
      return new AdvocateTalk(options, claimed, person.note, conversation)
    } catch (error) {
      const code = refusalOf(error)
      await calls.giveBack(request, code === null ? 'lost' : REASONS[code]).catch(() => undefined)
      throw code === null ? error : new ClaimRefused(code)
    }
  }

  /** To be called when `trust()` gives something newer. */
  trustChanged(): Promise<void> {
    return this.conversation.trustChanged()
  }

  wake(): void {
    this.conversation.wake()
  }

  /** Lets the person wait again for somebody else. Throws `ApiError`. */
  async giveBack(reason: ReturnReason): Promise<void> {
    await this.#end(() => this.#calls.giveBack(this.id, reason))
  }

  /** Ends the conversation for both: says so to the person, then to the server. Throws `ApiError`. */
  async close(): Promise<void> {
    const patience = new Promise<void>((resolve) => this.#time.after(CLOSE_PATIENCE, resolve))
    await Promise.race([this.conversation.close(), patience])
    await this.#end(() => this.#calls.close(this.id))
  }

  /** Forgets everything here at once; nobody is told. */
  destroy(): void {
    this.#over = true
    this.#unsubscribe()
    this.conversation.destroy()
  }

  async #end(call: () => Promise<unknown>): Promise<void> {
    await this.#tell(call)
    this.destroy()
  }

  /** Where the person took the request back, or another console ended it, it is over as it should be. */
  async #tell(call: () => Promise<unknown>): Promise<void> {
    if (this.#over) return
    await call().catch((error: unknown) => {
      if (!(error instanceof ApiError) || !OVER.includes(error.code)) throw error
    })
  }
}

const OVER: readonly string[] = ['request.not_found', 'hotline.wrong_state']
/** How long (ms) the last word may take; the server ends the conversation in any case. */
const CLOSE_PATIENCE = 5_000

interface Person {
  readonly note: OpenedNote
  readonly keyPackage: Bytes
  readonly seat: Bytes
}

/** The note, opened, and what it vouches for. Throws `NoteMismatch`, `Unopenable`, `Untrusted`, `ClaimRefused`. */
async function checked(claimed: ClaimAnswer, options: ClaimOptions, root: Bytes): Promise<Person> {
  const privateKey = await options.intakeKey(claimed.intake_key)
  if (privateKey === null) throw new ClaimRefused('console.no_intake_key')
  const bytes = (text: string): Bytes => b64Decode(text) ?? new Uint8Array()
  const [sealed, keyPackage, seat] = [bytes(claimed.note), bytes(claimed.package), bytes(claimed.seat)]
  const { slug } = options.trust()
  const note = await openNote({ sealed, privateKey, organisation: slug, request: bytes(options.request) })
  await noteCheck(note, { root, keyPackage, seat })
  return { note, keyPackage, seat }
}

/** The conversation with the person in it, and the server knows. */
async function opened(
  id: string,
  { note, keyPackage, seat }: Person,
  token: Bytes,
  options: ClaimOptions,
): Promise<Conversation> {
  const { relay, timer } = options
  const parts = advocateParts(options, note, keyPackage)
  const conversation = new Conversation({ relay, token, parts, timer, tellTimer: true, since: relay.time.now() })
  try {
    conversation.start()
    if ((await conversation.addMember(keyPackage, seat)) === null) throw new ClaimRefused('console.not_opened')
    await options.calls.talking(id)
    return conversation
  } catch (error) {
    conversation.destroy()
    throw error
  }
}

/** What staff bring to a conversation: certified keys, the person of the note, and the right to take this person back in. */
export function advocateParts(
  options: Pick<ClaimOptions, 'trust' | 'device' | 'certificates' | 'relay'>,
  note: Pick<OpenedNote, 'rejoin'>,
  keyPackage: Bytes,
): Parts {
  const now = (): number => Math.floor(options.relay.time.now() / 1000)
  const me = staffKeys(options.device, options.certificates)
  // The person, by the key package of the note and by each that the rejoin key signed since.
  let people: readonly Leaf[] = [keyPackageLeaf(keyPackage)]
  const policy = new LivePolicy(options.trust, now, () => people)
  return {
    listNumber: () => options.trust().list.number,
    tellsList: true,
    join: (welcome, own, store) => joinGroup({ welcome, keyPackage: own, policy, store, now }),
    create: (store) => createGroup({ me, policy, store, now }),
    rejoin: null,
    async admitRejoin(content, lastCounter) {
      const asked = await verifyRejoin(content, { rejoinKey: note.rejoin, lastCounter })
      const leaf = keyPackageLeaf(asked.keyPackage)
      people = [...people, leaf]
      return { ...asked, signatureKey: leaf.signatureKey }
    },
    renewTrust: () => Promise.resolve(false),
  }
}

/** null: nothing that was foreseen. */
function refusalOf(error: unknown): ClaimRefusal | null {
  if (error instanceof ClaimRefused) return error.code
  if (error instanceof NoteMismatch || error instanceof Unopenable) return 'hotline.note_mismatch'
  const foreseen = error instanceof Untrusted || error instanceof ActRefused || error instanceof ApiError
  return foreseen ? 'console.not_opened' : null
}
