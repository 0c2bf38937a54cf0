/** Everything that asks the network, keeps something or holds a key, behind one small interface: what the screens stand on, and what tests replace. */

import { browserRelay, onWake } from '../conversation/browser'
import { askTextRoom, SurvivorLine, type Ask, type ReturnKeys } from '../conversation/survivor'
import { TrustWatch, type TrustShown } from '../conversation/trust'
import { fingerprintRead, type Pin } from '../e2ee'
import { Rest, type Language, type Organisation } from '../net/rest'

export type Line = Pick<
  SurvivorLine,
  'state' | 'subscribe' | 'retry' | 'wake' | 'keepReturn' | 'keepIn' | 'withdraw' | 'destroy'
>

/** An organisation whose keys were verified as far as they can be. */
export interface Believed {
  readonly shown: TrustShown
  /** Whether something can be sealed for it today. */
  readonly canAsk: boolean
  ask(ask: Ask): Line
}

/** The sealed place of a conversation that is kept on this device. */
export interface Kept {
  /** Overwrites and removes it. */
  erase(): Promise<void>
  /** Forgets its key at once; the place stays. */
  close(): Promise<void>
}

export interface Core {
  /** Calls `wake` when the network is back and when the page is shown again. Returns what ends it. */
  onWake(wake: () => void): () => void
  organisations(): Promise<readonly Organisation[]>
  /** `fingerprint` as a link had it; null: first use. Throws `TrustRefused`, `ApiError`. */
  believe(slug: string, fingerprint: string | null): Promise<Believed>
  /** How many bytes of first words are left; below zero: too many. */
  textRoom(text: string): number

  wordsMake(language: Language): Promise<readonly string[]>
  /** The typed words as a list has them, null for each that none has. */
  wordsRead(text: string, language: Language): Promise<readonly (string | null)[]>
  /** From now on these words lead back. Throws `ApiError`, `StretchFailed`. */
  wordsKeep(line: Line, words: readonly string[]): Promise<void>
  /** Throws `ApiError`, `TrustRefused`, `ShapeError`, `PlaceUnopenable`, `StretchFailed`. */
  back(words: readonly string[]): Promise<Line>

  /** Whether this browser can keep a conversation. Touches no storage. */
  canKeep(): Promise<boolean>
  /** Throws `PhraseTooShort`, `AlreadyKept`, `HeldElsewhere`, `StorageRefused`, `StretchFailed`. */
  keep(line: Line, phrase: string): Promise<Kept>
  /** Throws `NothingKept`, `WrongPhrase`, and what `back` and `keep` throw. */
  resume(phrase: string): Promise<{ readonly line: Line; readonly kept: Kept }>
  /** Erases whatever is kept here; false where there was nothing. Throws `HeldElsewhere`, `StorageRefused`. */
  keptErase(): Promise<boolean>
}

/** What only some people need loads when it is asked for. */
const words = () => import('../e2ee/words')
const container = () => import('../e2ee/container')

/** The real one. */
export function coreOpen(): Core {
  const rest = new Rest()
  const relay = browserRelay()
  const parts = { rest, relay }
  return {
    onWake,
    organisations: () => rest.organisations(),
    believe: async (slug, fingerprint) => {
      const trust = await TrustWatch.open({ rest, time: relay.time, slug, pin: pinOf(fingerprint) })
      return { shown: trust.shown, canAsk: trust.canAsk, ask: (ask) => SurvivorLine.ask({ ...parts, trust }, ask) }
    },
    textRoom: askTextRoom,

    wordsMake: async (language) => (await words()).wordsMake(language),
    wordsRead: async (text, language) => (await words()).wordsRead(text, language),
    wordsKeep: async (line, kept) => line.keepReturn(await keysOf(kept)),
    back: async (typed) => SurvivorLine.back(parts, await keysOf(typed)),

    canKeep: async () => (await container()).containerPossible(),
    keep: async (line, phrase) => {
      const { Container } = await container()
      const place = await Container.create(phrase)
      try {
        await line.keepIn(place)
      } catch (error) {
        await place.erase()
        throw error
      }
      return place
    },
    resume: async (phrase) => {
      const { Container } = await container()
      const place = await Container.open(phrase)
      try {
        return { line: await SurvivorLine.resume(parts, { content: await place.read(), place }), kept: place }
      } catch (error) {
        await place.close()
        throw error
      }
    },
    keptErase: async () => {
      const { containerErase, containerExists } = await container()
      const found = await containerExists()
      if (found) await containerErase()
      return found
    },
  }
}

function pinOf(fingerprint: string | null): Pin {
  const read = fingerprint === null ? null : fingerprintRead(fingerprint)
  return read === null ? null : { fingerprint: read }
}

async function keysOf(canonical: readonly string[]): Promise<ReturnKeys> {
  const { placeOpen, placeSeal, returnKeys } = await words()
  const { id, token, key } = await returnKeys(canonical, location.host)
  return { id, token, seal: (content) => placeSeal(key, content), open: (sealed) => placeOpen(key, sealed) }
}
