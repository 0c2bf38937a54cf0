// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Surroundings } from '../../src/app/surroundings'

const PAGE = (language: string): string => `
  <header id="bar">
    <a id="exit" href="/exit">Leave now<span class="exit-dots"></span></a>
    <nav class="languages"><a href="/?lang=en" hreflang="en">English</a><a href="/?lang=es" hreflang="es">Español</a></nav>
  </header>
  <main id="main"><div class="arrival">
    <h1 id="title" tabindex="-1">${language}</h1>
    <div id="start" hidden><button id="start-talk">talk</button></div>
    <p id="leaving-script" hidden>script</p>
    <section><h2 id="numbers">numbers in ${language}</h2></section>
  </div></main>`

/** The server's page, or nothing, for every request. */
let served: Document | null = null
const asked: string[] = []

class Request {
  responseType = ''
  status = 200
  responseXML: Document | null = null
  onload: () => void = () => undefined
  onerror: () => void = () => undefined
  open(_method: string, url: string): void {
    asked.push(url)
  }
  send(): void {
    this.responseXML = served
    if (served) this.onload()
    else this.onerror()
  }
}

function pageOf(language: string): Document {
  const page = document.implementation.createHTMLDocument()
  page.body.innerHTML = PAGE(language)
  return page
}

const text = (node: Node | null): string => node?.textContent?.trim() ?? ''

beforeEach(() => {
  document.documentElement.lang = 'en'
  document.body.innerHTML = PAGE('en')
  vi.stubGlobal('XMLHttpRequest', Request)
  vi.stubGlobal('scrollTo', () => undefined)
  served = null
  asked.length = 0
})

describe("the server's page around the app", () => {
  it('gives way to the app, and comes back with its doors open', () => {
    const surroundings = new Surroundings(document)
    surroundings.giveWay()
    expect(document.getElementById('main')?.childElementCount).toBe(0)
    expect(document.getElementById('exit')).not.toBeNull()
    surroundings.comeBack()
    expect(text(document.getElementById('title'))).toBe('en')
    expect(document.getElementById('start')?.hasAttribute('hidden')).toBe(false)
    expect(document.getElementById('leaving-script')?.hasAttribute('hidden')).toBe(false)
    expect(document.activeElement?.id).toBe('title')
  })

  it('lends its numbers as copies', () => {
    const surroundings = new Surroundings(document)
    expect(text(surroundings.numbers())).toBe('numbers in en')
    expect(surroundings.numbers()).not.toBe(surroundings.numbers())
  })

  it('asks for nothing while the language is the one that the page came in', async () => {
    await new Surroundings(document).languageChange('en')
    expect(asked).toEqual([])
  })

  it('is fetched in the other language, numbers and all, and the bar says it too', async () => {
    const surroundings = new Surroundings(document)
    surroundings.giveWay()
    served = pageOf('es')
    await surroundings.languageChange('es')
    expect(asked).toEqual(['/?lang=es'])
    expect(text(surroundings.numbers())).toBe('numbers in es')
    expect(text(document.getElementById('exit'))).toBe('Salir ya')
    expect(document.documentElement.lang).toBe('es')
    expect(document.querySelector('[aria-current]')?.getAttribute('hreflang')).toBe('es')
    surroundings.comeBack()
    expect(text(document.getElementById('title'))).toBe('es')
  })

  it('keeps its numbers where the other page does not come, and the words change all the same', async () => {
    const surroundings = new Surroundings(document)
    await surroundings.languageChange('es')
    expect(text(surroundings.numbers())).toBe('numbers in en')
    expect(text(document.getElementById('exit'))).toBe('Salir ya')
  })

  it('says everything in the first language again, also where the other page never came', async () => {
    const surroundings = new Surroundings(document)
    await surroundings.languageChange('es')
    await surroundings.languageChange('en')
    expect(text(document.getElementById('exit'))).toBe('Leave now')
    expect(document.querySelector('[aria-current]')?.getAttribute('hreflang')).toBe('en')
  })

  it('follows the links to other languages without leaving', async () => {
    const changed = vi.fn()
    const surroundings = new Surroundings(document)
    const end = surroundings.languagesFollow(changed)
    const link = document.querySelector<HTMLElement>('[hreflang=es]')
    const click = (): boolean =>
      link?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })) ?? true
    expect(click()).toBe(false)
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce())
    end()
    expect(click()).toBe(true)
  })

  it('refuses a document that is not the arrival page', () => {
    expect(() => new Surroundings(document.implementation.createHTMLDocument())).toThrow()
  })
})
