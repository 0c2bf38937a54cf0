import { PATIENCE_MS, PRESSES, REST, shiftExpired, shiftNext, type ShiftInput } from './shift'

/** What is spoken while Shift is pressed. `more` gets the number of presses still needed. */
export interface ExitTexts {
  more(presses: number): string
  over(): string
}

/** Why the page is emptied: the person leaves by the exit, or the page goes in any other way (closed, reloaded, put away). */
export type Leaving = 'exit' | 'hidden'
type Hook = (why: Leaving) => void
const hooks = new Set<Hook>()
let gone = false
let keeps = true

/** Registers what must be destroyed when the person leaves: keys, sockets, drafts. It must be synchronous and wait for nothing. */
export function onExit(hook: Hook): () => void {
  hooks.add(hook)
  return () => hooks.delete(hook)
}

/** Says whether this browser keeps anything of ours on purpose. Until it is known to keep nothing, leaving never clears its storage. */
export function exitKeeps(kept: boolean): void {
  keeps = kept
}

/** Whether leaving has begun: nothing may draw any more. */
export function exitBegun(): boolean {
  return gone
}

/**
 * Leaves at once. In this order and in one task: nothing is on screen, keys and sockets are destroyed, the server is told to have the cache cleared
 * (not waited for), the only history entry becomes the neutral page. Offline it becomes an empty page, as an error page would name this host.
 */
export function leave(): void {
  const destination = document.documentElement.dataset.exit ?? ''
  forget('exit')
  const offline = navigator.onLine === false
  if (!offline) {
    // The answer carries Clear-Site-Data, which counts only where credentials may travel; the app has none. The navigation below does not wait
    // for it, nor for its failure.
    void fetch(keeps ? '/exit' : '/exit?all', { method: 'POST', keepalive: true, credentials: 'same-origin' }).catch(
      () => undefined,
    )
  }
  location.replace(offline || destination === '' ? 'about:blank' : destination)
}

/** Empties the document and destroys what hooks hold; also when the page is left in any other way. */
export function forget(why: Leaving = 'hidden'): void {
  gone = true
  const root = document.documentElement
  for (const field of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) field.value = ''
  if (document.head as HTMLElement | null) document.title = ''
  root.replaceChildren()
  for (const hook of [...hooks]) {
    try {
      hook(why)
    } catch {
      // One hook's failure must not keep the others from destroying what they hold.
    }
  }
  hooks.clear()
}

/** Empties the page whenever it is left, and starts afresh when the browser brings back a frozen copy. */
export function exitOnPageHide(): () => void {
  const hide = (): void => forget()
  const show = (event: PageTransitionEvent): void => {
    if (event.persisted) location.reload()
  }
  addEventListener('pagehide', hide)
  addEventListener('pageshow', show)
  return () => {
    removeEventListener('pagehide', hide)
    removeEventListener('pageshow', show)
  }
}

/** Makes `link` leave at a click, and three presses of Shift anywhere; speaks and shows the progress in `status`. Returns the undoing. */
export function exitAttach(link: HTMLElement, status: HTMLElement, texts: ExitTexts): () => void {
  let state = REST
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (text: string): void => {
    status.textContent = text
    link.dataset.presses = String(state.count)
  }
  const take = (input: ShiftInput): void => {
    const before = state.count
    state = shiftNext(state, input, performance.now())
    if (state.count >= PRESSES) return leave()
    if (state.count === before) return
    clearTimeout(timer)
    show(state.count === 0 ? '' : texts.more(PRESSES - state.count))
    if (state.count > 0) timer = setTimeout(expire, PATIENCE_MS + 1)
  }
  const expire = (): void => {
    if (!shiftExpired(state, performance.now())) return
    state = { ...REST, armed: state.armed }
    show(texts.over())
  }
  const click = (event: Event): void => {
    event.preventDefault()
    leave()
  }
  const down = (event: KeyboardEvent): void => {
    if (!event.repeat)
      take(event.key === 'Shift' && !event.ctrlKey && !event.altKey && !event.metaKey ? 'shift-down' : 'other')
  }
  const up = (event: KeyboardEvent): void => {
    if (event.key === 'Shift') take('shift-up')
  }
  const pointer = (): void => take('other')
  link.addEventListener('click', click)
  addEventListener('keydown', down, true)
  addEventListener('keyup', up, true)
  addEventListener('pointerdown', pointer, true)
  return () => {
    clearTimeout(timer)
    link.removeEventListener('click', click)
    removeEventListener('keydown', down, true)
    removeEventListener('keyup', up, true)
    removeEventListener('pointerdown', pointer, true)
  }
}
