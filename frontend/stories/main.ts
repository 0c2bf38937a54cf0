/**
 * Opens one story: `?story=app/talk&lang=es`. Without a name it lists them all, as `document.documentElement.dataset.stories` does for tests.
 * Not part of what is shipped.
 */

import '../src/shared/tokens.css'
import '../src/shared/base.css'
import { languageOf } from '../src/shared/fluent'
import type { Stories, Story } from './story'

const files = import.meta.glob<Stories>('./{app,console}/*.ts', { import: 'default' })
const stories = new Map<string, Story>()
const asked = new URLSearchParams(location.search)
const name = asked.get('story') ?? ''
const language = languageOf(asked.get('lang') ?? '') ?? 'en'
// Only the room that is asked for: the app's and the console's styles are not made for one page.
const wanted = Object.entries(files).filter(
  ([path]) => name === '' || path.startsWith(`./${name.split('/')[0] ?? ''}/`),
)
for (const [path, load] of wanted) {
  const room = path.split('/')[1] ?? ''
  for (const [title, story] of Object.entries(await load())) stories.set(`${room}/${title}`, story)
}
const root = document.documentElement
const story = stories.get(name)
root.dataset.stories = [...stories.keys()].sort().join(' ')

if (story) {
  const [place, others] = name.startsWith('console/') ? ['#console', '#bar, #main'] : ['#main', '#console']
  for (const other of document.querySelectorAll(others)) other.remove()
  await story({ place: document.querySelector<HTMLElement>(place) ?? document.body, language })
} else {
  const list = document.createElement('ul')
  for (const one of [...stories.keys()].sort()) {
    const link = document.createElement('a')
    link.href = `?story=${one}`
    link.textContent = one
    list.append(document.createElement('li'))
    list.lastElementChild?.append(link)
  }
  document.body.replaceChildren(list)
}
root.dataset.ready = 'true'
