/** A story draws one screen in one state, from made-up facts and without a server. */

import type { Language } from '../src/shared/fluent'

export interface Stage {
  /** The app's place in the page, or the console's. */
  readonly place: HTMLElement
  readonly language: Language
}

/** Resolves when the state is on the screen. */
export type Story = (stage: Stage) => void | Promise<void>

/** What a file of stories exports as its default: each by the name under which it is opened. */
export type Stories = Readonly<Record<string, Story>>
