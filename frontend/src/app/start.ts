/** Starts the app inside the arrival page, and gives the page back when the person returns to the beginning. */

import { mount, unmount } from 'svelte'
import { languageOf } from '../shared/fluent'
import App from './App.svelte'
import './app.css'
import type { Core } from './core'
import { Surroundings } from './surroundings'
import { Visit } from './visit.svelte'

/** Resolves when the app is on the screen. Throws where its texts do not come. */
export async function start(way: 'talk' | 'return', core: Core, fingerprint: string | null): Promise<void> {
  const language = languageOf(document.documentElement.lang) ?? 'en'
  const surroundings = new Surroundings(document)
  await surroundings.languageChange(language)
  const visit = new Visit(core, language, fingerprint)
  if (way === 'return') visit.screen = 'back'
  const toStart = (): void => {
    visit.destroy()
    void unmount(app)
    surroundings.comeBack()
  }
  surroundings.giveWay()
  const app = mount(App, { target: surroundings.main, props: { visit, surroundings, toStart } })
  if (way === 'talk') void visit.load()
}
