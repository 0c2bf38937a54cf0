/**
 * The first thing that runs on the arrival page, and all that does until somebody wants to talk: the way out, the address without its
 * fragment, and the two doors. The app behind them is loaded when one is pressed.
 */

import '../shared/tokens.css'
import '../shared/base.css'
import './controls.css'
import './arrival.css'
import { exitAttach, exitBegun, exitOnPageHide } from '../shared/exit'
import { doorsOpen } from './doors'
import { fingerprintTake } from './fragment'

exitOnPageHide()
const exit = document.getElementById('exit')
const status = document.getElementById('exit-status')
if (exit && status) {
  exitAttach(exit, status, {
    more: (presses) => (presses === 1 ? exit.dataset.one : exit.dataset.two) ?? '',
    over: () => exit.dataset.over ?? '',
  })
}
const fingerprint = fingerprintTake()

async function open(way: 'talk' | 'return'): Promise<void> {
  const note = document.getElementById('start-note')
  const buttons = document.querySelectorAll<HTMLButtonElement>('#start button')
  for (const button of buttons) button.disabled = true
  if (note) note.textContent = note.dataset.loading ?? ''
  try {
    // Everything that a visit needs, keys and screens, comes now: nothing has to be fetched when it is needed most.
    const [{ start }, { coreOpen }] = await Promise.all([import('./start'), import('./core')])
    if (exitBegun()) return
    await start(way, coreOpen(), fingerprint)
    if (note) note.textContent = ''
  } catch {
    if (note) note.textContent = note.dataset.failed ?? ''
  }
  for (const button of buttons) button.disabled = false
}

document.getElementById('main')?.addEventListener('click', (event) => {
  const id = event.target instanceof Element ? event.target.closest('button')?.id : undefined
  if (id === 'start-talk') void open('talk')
  if (id === 'start-return') void open('return')
})

// One history entry for the whole visit: the other language takes this page's place. Once the app runs it changes without leaving (start.ts).
document.querySelector('.languages')?.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.defaultPrevented) return
  event.preventDefault()
  location.replace(link.href + (fingerprint === null ? '' : `#f=${fingerprint}`))
})

doorsOpen(document)
