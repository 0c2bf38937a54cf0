import { mount } from 'svelte'
import '../shared/tokens.css'
import '../shared/base.css'
import './console.css'
import { browserRelay, onWake } from '../conversation/browser'
import { exitOnPageHide, onExit } from '../shared/exit'
import { languageOf, languagesLoad, languageUse } from '../shared/fluent'
import Console from './Console.svelte'
import { StaffApi } from './staff'
import { Visit } from './visit.svelte'

/** Takes the invitation's secret out of the address before anything else happens, so that it is not left on the screen or in a bookmark. */
function invitationTake(): string | null {
  const found = /^#setup=([A-Za-z0-9_-]{16,200})$/.exec(location.hash)
  if (location.hash !== '') history.replaceState(null, '', location.pathname)
  return found?.[1] ?? null
}

const invitation = invitationTake()
const target = document.getElementById('console') ?? document.body
await languageUse(languageOf(document.documentElement.lang) ?? languageOf(navigator.language) ?? 'en', [
  'shared',
  'console',
])
const visit = new Visit({ api: new StaffApi(), relay: browserRelay(), invitation })
onExit((why) => visit.forget(why))
exitOnPageHide()
onWake(() => visit.desk?.wake())
mount(Console, { target, props: { visit } })
// Prepared replies are in the language of the person, whatever the advocate's.
await Promise.all([visit.start(), languagesLoad()])
