import { mount } from 'svelte'
import '../shared/tokens.css'
import '../shared/base.css'
import './console.css'
import { languageOf, languageUse } from '../shared/fluent'
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
await languageUse(languageOf(document.documentElement.lang) ?? languageOf(navigator.language) ?? 'en', ['shared', 'console'])
const visit = new Visit(new StaffApi(), invitation)
mount(Console, { target, props: { visit } })
await visit.start()
