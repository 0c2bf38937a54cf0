import type { Conversation } from '../conversation/engine'
import type { LineState } from '../conversation/survivor'
import type { ConversationState } from '../conversation/types'
import type { Language } from '../net/rest'
import { exitKeeps, onExit } from '../shared/exit'
import { Choice } from './choice.svelte'
import type { Core, Kept, Line } from './core'
import { askOf, draftEmpty, type Draft } from './draft'
import { codeOf } from './refusals'
import { phaseMeans, screenNext, type Happening, type Screen } from './screens'

/** Why a visit ended. `gone`: the server has the request no more. */
export type Ending = 'withdrawn' | 'closed' | 'gone'

/** Return words that lead nowhere. */
export class NoSuchPlace extends Error {
  override name = 'NoSuchPlace'
}

/** One visit: which screen, whom the person asks, what they chose to say, and the line that came of it. All of it in memory. */
export class Visit {
  screen = $state<Screen>('loading')
  draft = $state<Draft>(draftEmpty('en'))
  line = $state.raw<Line | null>(null)
  lineState = $state.raw<LineState | null>(null)
  talk = $state.raw<ConversationState | null>(null)
  /** Return words lead back to this line. */
  wordsKept = $state(false)
  kept = $state.raw<Kept | null>(null)
  /** Whether this browser can keep a conversation, as far as that is known. */
  canKeep = $state(false)
  /** This line was begun before and found again. */
  returned = $state(false)
  ending = $state<Ending>('closed')
  #held = false
  /** Why the organisations could not be shown. */
  refusal = $state<string | null>(null)
  readonly core: Core
  readonly choice: Choice
  readonly #undo: readonly (() => void)[]
  #unfollow: () => void = () => undefined
  #untalk: () => void = () => undefined
  #conversation: Conversation | null = null
  #over = false

  /** `fingerprint` as an organisation's own link had it. */
  constructor(core: Core, language: Language, fingerprint: string | null) {
    this.core = core
    this.choice = new Choice(core, fingerprint)
    this.draft = draftEmpty(language)
    this.#undo = [onExit(() => this.destroy()), core.onWake(() => this.line?.wake())]
  }

  /** The conversation, once there is one; it stays readable after its end. */
  get conversation(): Conversation | null {
    return this.lineState?.conversation ?? null
  }

  /** Shows who answers here. */
  async load(): Promise<void> {
    try {
      await this.choice.load()
    } catch (error) {
      this.refusal = codeOf(error)
      return this.happen('no-answer')
    }
    if (this.#over) return
    const { organisations, meant } = this.choice
    this.happen(organisations.length === 0 ? 'no-organisations' : 'organisations')
    if (meant !== null) await this.choice.choose(meant)
  }

  /** Seals and sends what was chosen. */
  ask(): void {
    const ask = askOf(this.draft)
    const { believed } = this.choice
    if (ask === null || believed === null) return
    this.#follow(believed.ask(ask))
    this.draft = draftEmpty(ask.language)
    this.happen('asked')
  }

  /** From now on these words lead back here. Throws what `Core.wordsKeep` throws. */
  async wordsKeep(words: readonly string[]): Promise<void> {
    if (this.line === null) return
    await this.core.wordsKeep(this.line, words)
    this.wordsKept = true
  }

  /** By return words. Throws what `Core.back` throws; a place that is not there has a code of its own. */
  async back(words: readonly string[]): Promise<void> {
    try {
      this.#found(await this.core.back(words), { words: true, kept: null })
    } catch (error) {
      throw codeOf(error) === 'request.not_found' ? new NoSuchPlace() : error
    }
  }

  /** By the phrase of what is kept on this device. Throws what `Core.resume` throws. */
  async resume(phrase: string): Promise<void> {
    const { line, kept } = await this.core.resume(phrase)
    this.#found(line, { words: false, kept })
  }

  /** Erases what is kept on this device, opened or not; false where nothing was. Throws what `Core.keptErase` throws. */
  async keptErase(): Promise<boolean> {
    const found = await this.core.keptErase()
    exitKeeps(false)
    return found
  }

  /** Learns whether this browser can keep a conversation. */
  async keepLook(): Promise<void> {
    this.canKeep = await this.core.canKeep().catch(() => false)
  }

  /** Keeps everything in a sealed place on this device from now on. Throws what `Core.keep` throws. */
  async keep(phrase: string): Promise<void> {
    if (this.line === null) return
    exitKeeps(true)
    const kept = await this.core.keep(this.line, phrase)
    if (this.#over) await kept.close()
    else this.kept = kept
  }

  /** Overwrites and removes what is kept; the conversation goes on in memory. */
  async keepNoMore(): Promise<void> {
    await this.line?.keepIn(null)
    await this.#placeErase()
  }

  /** Takes the request back, or ends what is left of it. Throws where the server did not hear it. */
  async withdraw(): Promise<void> {
    this.ending = 'withdrawn'
    try {
      await this.line?.withdraw()
    } catch (error) {
      this.ending = 'closed'
      throw error
    }
    await this.finish()
  }

  /** After the end: nothing of the conversation is left on this screen or device. */
  async finish(): Promise<void> {
    if (this.#over || this.screen === 'ended') return
    this.happen('over')
    await this.#lineForget()
  }

  /** From an end, or a way that led nowhere, to the beginning. */
  async again(): Promise<void> {
    this.happen('again')
    this.ending = 'closed'
    this.refusal = null
    await this.load()
  }

  /** The person reads another language now, and will want to write in it. */
  languageFollow(language: Language): void {
    this.draft.language = language
  }

  happen(happening: Happening): void {
    this.screen = screenNext(this.screen, happening)
  }

  /** Forgets everything at once and waits for nothing. What is kept on the device stays, sealed. */
  destroy(): void {
    this.#over = true
    for (const undo of this.#undo) undo()
    this.#unfollow()
    this.#untalk()
    this.line?.destroy()
    void this.kept?.close().catch(() => undefined)
    this.line = null
    this.lineState = null
    this.talk = null
    this.kept = null
    this.draft = draftEmpty(this.draft.language)
  }

  /** The words, or the phrase, opened the way back. */
  #found(line: Line, how: { readonly words: boolean; readonly kept: Kept | null }): void {
    if (this.#over) {
      line.destroy()
      void how.kept?.close().catch(() => undefined)
      return
    }
    this.returned = true
    this.wordsKept = how.words
    this.kept = how.kept
    this.happen('found')
    this.#follow(line)
    void this.choice.recall(line.state.trust.slug)
  }

  #follow(line: Line): void {
    this.#unfollow()
    this.line = line
    this.#unfollow = line.subscribe((state) => {
      if (this.line !== line) return
      this.lineState = state
      if (state.conversation !== this.#conversation) this.#listen(state.conversation)
      this.#move(state)
    })
  }

  /** To the screen that the line's phase asks for. */
  #move(state: LineState): void {
    const means = phaseMeans(this.screen, state.phase)
    if (means === null || (means === 'joined' && this.#held)) return
    if (means !== 'over') return this.happen(means)
    if (this.ending === 'closed' && state.refusal === 'request.not_found') this.ending = 'gone'
    void this.finish()
  }

  /** While somebody writes return words down, the conversation waits behind them: words that vanish are words that lead nowhere. */
  hold(held: boolean): void {
    this.#held = held
    if (!held && this.lineState !== null) this.#move(this.lineState)
  }

  #listen(conversation: Conversation | null): void {
    this.#untalk()
    this.#conversation = conversation
    this.talk = null
    if (conversation !== null) this.#untalk = conversation.subscribe((state) => (this.talk = state))
  }

  async #lineForget(): Promise<void> {
    this.#unfollow()
    this.#untalk()
    this.#conversation = null
    this.line?.destroy()
    this.line = null
    this.lineState = null
    this.talk = null
    this.wordsKept = false
    this.returned = false
    await this.#placeErase()
  }

  async #placeErase(): Promise<void> {
    const kept = this.kept
    this.kept = null
    if (kept === null) return
    await kept.erase()
    exitKeeps(false)
  }
}
