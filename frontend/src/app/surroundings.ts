/**
 * The server's page around the app. Its bar stays where it is; its content gives way while the app runs and comes back afterwards; its
 * numbers to call are shown on every screen. In another language the server's page of that language is fetched for them.
 */

import { doorsOpen } from './doors'
import { languageOf, languageUse, t, type Language } from '../shared/fluent'

export class Surroundings {
  readonly #main: HTMLElement
  #content: Element
  /** The language of the content. */
  #language: Language | null

  /** Throws where the document is not the arrival page. */
  constructor(root: Document) {
    const main = root.getElementById('main')
    const content = main?.querySelector('.arrival')
    if (!main || !content) throw new Error('not the arrival page')
    this.#main = main
    this.#content = content
    this.#language = languageOf(root.documentElement.lang)
  }

  /** Where the app is shown. */
  get main(): HTMLElement {
    return this.#main
  }

  /** A copy of the numbers to call, in the language of the page; null where there are none. */
  numbers(): Node | null {
    return this.#content.querySelector('#numbers')?.closest('section')?.cloneNode(true) ?? null
  }

  /** Takes the server's content off the page. */
  giveWay(): void {
    this.#main.replaceChildren()
  }

  /** Puts it back, its doors open, and the reader at its beginning. */
  comeBack(): void {
    this.#main.replaceChildren(this.#content)
    doorsOpen(this.#content)
    this.#content.querySelector<HTMLElement>('#title')?.focus()
    scrollTo(0, 0)
  }

  /** Everything in another language: texts, bar, numbers. Offline the numbers stay as they are: digits are the same in both. */
  async languageChange(language: Language): Promise<void> {
    await languageUse(language, ['shared', 'app'])
    this.#barSay(language)
    if (language === this.#language) return
    const page = await pageIn(language)
    const content = page?.querySelector('.arrival')
    if (!content) return
    this.#content = document.importNode(content, true)
    this.#language = language
  }

  /** Follows the bar's links to other languages without leaving the page; `changed` is called after each. Returns the undoing. */
  languagesFollow(changed: () => void): () => void {
    const nav = this.#nav()
    const click = (event: Event): void => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      const language = languageOf(link?.hreflang ?? '')
      if (language === null) return
      event.preventDefault()
      void this.languageChange(language).then(changed)
    }
    nav?.addEventListener('click', click, true)
    return () => nav?.removeEventListener('click', click, true)
  }

  #nav(): Element | null {
    return this.#main.ownerDocument.querySelector('.languages')
  }

  #barSay(language: Language): void {
    const { ownerDocument } = this.#main
    const exit = ownerDocument.getElementById('exit')
    if (exit?.firstChild) exit.firstChild.textContent = t('exit-leave')
    Object.assign(exit?.dataset ?? {}, {
      two: t('exit-more', { presses: 2 }),
      one: t('exit-more', { presses: 1 }),
      over: t('exit-over'),
    })
    const nav = this.#nav()
    nav?.setAttribute('aria-label', t('languages'))
    for (const link of nav?.querySelectorAll('a') ?? []) {
      if (link.hreflang === language) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }
}

/** The arrival page in a language, parsed as a document that runs nothing; null where it does not come. */
function pageIn(language: Language): Promise<Document | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('GET', `/?lang=${language}`)
    request.responseType = 'document'
    request.onload = () => resolve(request.status === 200 ? request.responseXML : null)
    request.onerror = request.ontimeout = request.onabort = () => resolve(null)
    request.timeout = 10_000
    request.send()
  })
}
