// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

type Exit = typeof import('../../src/shared/exit')
const NEUTRAL = 'https://neutral.example/'
let exit: Exit
let happened: string[]
let online: boolean

beforeEach(async () => {
  vi.resetModules()
  exit = await import('../../src/shared/exit')
  happened = []
  online = true
  document.documentElement.innerHTML = '<head><title>Start</title></head><body><textarea>unsent</textarea></body>'
  document.documentElement.dataset.exit = NEUTRAL
  const what = (name: string): void =>
    void happened.push(`${name} (${document.documentElement.childElementCount} left)`)
  vi.stubGlobal('location', { replace: (url: string) => what(`to ${url}`), reload: () => what('reload') })
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    what(`${init.method} ${url}${init.keepalive ? ' keepalive' : ''} ${init.credentials} ${init.body ?? 'no body'}`)
    return Promise.reject(new TypeError('never answered'))
  })
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => online)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('leaving', () => {
  it('hides first, then destroys, then tells the server, then goes', () => {
    exit.onExit((why) => void happened.push(`destroyed by ${why} (${document.documentElement.childElementCount} left)`))
    exit.leave()
    expect(happened).toEqual([
      'destroyed by exit (0 left)',
      'POST /exit keepalive same-origin no body (0 left)',
      `to ${NEUTRAL} (0 left)`,
    ])
    expect(exit.exitBegun()).toBe(true)
  })

  it('empties fields before it lets go of them, so that no browser restores them', () => {
    const field = document.querySelector('textarea')
    exit.leave()
    expect(field?.value).toBe('')
  })

  it('goes to an empty page offline, as an error page would name this host, and asks nothing of the network', () => {
    online = false
    exit.leave()
    expect(happened).toEqual(['to about:blank (0 left)'])
  })

  it('has storage cleared only where it is known that nothing is kept', () => {
    exit.exitKeeps(false)
    exit.leave()
    expect(happened[0]).toContain('POST /exit?all')
  })

  it('destroys everything else where one thing fails to', () => {
    exit.onExit(() => {
      throw new Error('one')
    })
    exit.onExit(() => void happened.push('other'))
    exit.leave()
    expect(happened).toContain('other')
    expect(happened.at(-1)).toContain(NEUTRAL)
  })

  it('destroys nothing twice, and nothing that was given back', () => {
    exit.onExit(() => void happened.push('once'))
    exit.onExit(() => void happened.push('given back'))()
    exit.forget()
    exit.forget()
    expect(happened).toEqual(['once'])
  })
})

describe('a page that is put away', () => {
  it('is emptied, and starts afresh when the browser brings back a frozen copy', () => {
    const end = exit.exitOnPageHide()
    exit.onExit((why) => void happened.push(why))
    dispatchEvent(new Event('pagehide'))
    expect(document.documentElement.childElementCount).toBe(0)
    dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
    dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    expect(happened).toEqual(['hidden', 'reload (0 left)'])
    end()
  })
})

describe('the link', () => {
  const texts = { more: (presses: number) => `${presses} more`, over: () => 'over' }
  let link: HTMLAnchorElement
  let status: HTMLElement
  let end: () => void

  beforeEach(() => {
    vi.useFakeTimers()
    link = document.createElement('a')
    link.href = '/exit'
    status = document.createElement('span')
    document.body.append(link, status)
    end = exit.exitAttach(link, status, texts)
  })
  afterEach(() => {
    end()
    vi.useRealTimers()
  })
  const key = (type: string, name: string): boolean => dispatchEvent(new KeyboardEvent(type, { key: name }))
  const shift = (): void => void (key('keydown', 'Shift') && key('keyup', 'Shift'))

  it('leaves at a click, by itself', () => {
    expect(link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))).toBe(false)
    expect(happened.at(-1)).toContain(NEUTRAL)
  })

  it('says how many presses are left, and leaves at the third', () => {
    shift()
    expect([status.textContent, link.dataset.presses]).toEqual(['2 more', '1'])
    shift()
    expect([status.textContent, link.dataset.presses]).toEqual(['1 more', '2'])
    shift()
    expect(happened.at(-1)).toContain(NEUTRAL)
  })

  it('says when the presses are forgotten', () => {
    shift()
    vi.advanceTimersByTime(6000)
    expect(status.textContent).toBe('over')
    shift()
    expect(status.textContent).toBe('2 more')
  })

  it('counts nothing while somebody types', () => {
    shift()
    key('keydown', 'Shift')
    key('keydown', 'A')
    key('keyup', 'Shift')
    expect(status.textContent).toBe('')
    expect(happened).toEqual([])
  })

  it('is deaf once it was let go', () => {
    end()
    shift()
    shift()
    shift()
    expect(happened).toEqual([])
  })
})
