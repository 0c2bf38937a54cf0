/** Visits in any state, on the screen. */

import { mount } from 'svelte'
import App from '../../src/app/App.svelte'
import '../../src/app/app.css'
import '../../src/app/arrival.css'
import '../../src/app/controls.css'
import type { Core, Line } from '../../src/app/core'
import type { Screen } from '../../src/app/screens'
import { Surroundings } from '../../src/app/surroundings'
import { Visit } from '../../src/app/visit.svelte'
import type { LineState } from '../../src/conversation/survivor'
import type { ConversationState } from '../../src/conversation/types'
import { exitAttach } from '../../src/shared/exit'
import type { Stage, Story } from '../story'
import { conversationOf, core, lineOf, lineState, ORGANISATION, talkState } from './facts'

export interface Setting {
  readonly screen?: Screen
  readonly core?: Partial<Core>
  readonly fingerprint?: string
  readonly line?: Partial<LineState>
  readonly talk?: Partial<ConversationState>
  /** What the person does, once the screen is there. */
  readonly then?: (visit: Visit) => void | Promise<void>
  /** Buttons pressed one after the other, by the ids of their texts or by a selector that begins with `#` or `.`. */
  readonly press?: readonly string[]
}

/** The app on one screen, in its place inside the page. */
export function appStory(setting: Setting): Story {
  return async (stage: Stage) => {
    const surroundings = new Surroundings(document)
    await surroundings.languageChange(stage.language)
    exitHere()
    const visit = new Visit(
      core({ back: () => Promise.resolve(lineIn(setting)), ...setting.core }),
      stage.language,
      setting.fingerprint ?? null,
    )
    if (setting.screen === undefined) await Promise.race([visit.load(), macrotask()])
    else await sceneSet(visit, setting)
    surroundings.giveWay()
    mount(App, { target: stage.place, props: { visit, surroundings, toStart: () => undefined } })
    await setting.then?.(visit)
    for (const selector of setting.press ?? []) await press(selector)
  }
}

/** Puts the visit on the screen, with the line that it says. */
async function sceneSet(visit: Visit, { screen = 'loading', line, talk }: Setting): Promise<void> {
  if (line !== undefined || talk !== undefined) {
    visit.screen = 'back'
    await visit.back([])
    visit.returned = visit.wordsKept = false
  }
  visit.choice.organisations = [ORGANISATION]
  await visit.choice.choose(ORGANISATION)
  visit.screen = screen
}

function lineIn({ line, talk }: Setting): Line {
  const conversation = talk === undefined ? null : conversationOf(talkState(talk))
  return lineOf(lineState({ phase: conversation === null ? 'waiting' : 'talking', conversation, ...line }))
}

function exitHere(): void {
  const exit = document.getElementById('exit')
  const status = document.getElementById('exit-status')
  if (exit && status) exitAttach(exit, status, { more: (presses) => String(presses), over: () => '' })
}

/** Presses what a selector finds, and waits for what comes of it. */
async function press(selector: string): Promise<void> {
  const found = document.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`nothing to press: ${selector}`)
  found.click()
  await macrotask()
}

/** Everything that is ready to happen has happened; what never answers has not. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
