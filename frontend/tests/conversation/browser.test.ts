// @vitest-environment happy-dom

import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserRelay, onWake } from '../../src/conversation/browser'
import { randomBytes } from '../../src/net/bytes'

afterEach(() => void vi.unstubAllGlobals())

const nothing = { frame: () => undefined, closed: () => undefined }
const seat = { token: randomBytes(32), after: () => 0 }

describe("the browser's ways to the relay", () => {
  it("are a socket and an exchange of the page's own origin, without anything ambient", () => {
    const opened: [string, string][] = []
    vi.stubGlobal(
      'WebSocket',
      class {
        constructor(url: string, protocol: string) {
          opened.push([url, protocol])
        }
      },
    )
    const fetched = vi.fn(() => new Promise<Response>(() => undefined))
    vi.stubGlobal('fetch', fetched)
    vi.stubGlobal('location', { origin: 'https://quiet.example' })
    const relay = browserRelay()
    relay.socket(seat, nothing)
    relay.exchange!(seat, nothing)
    expect(opened).toEqual([['wss://quiet.example/api/v1/relay', 'quietline.v1']])
    const [url, init] = fetched.mock.calls[0] as unknown as [string, RequestInit]
    expect(url).toBe('/api/v1/relay/exchange?wait=0')
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' })
  })
})

describe('a page that may have missed something', () => {
  it('tries again when the network is back or it is shown, until that is ended', () => {
    const wake = vi.fn()
    const end = onWake(wake)
    window.dispatchEvent(new Event('online'))
    document.dispatchEvent(new Event('visibilitychange'))
    window.dispatchEvent(new Event('pageshow'))
    expect(wake).toHaveBeenCalledTimes(3)
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    end()
    window.dispatchEvent(new Event('online'))
    expect(wake).toHaveBeenCalledTimes(3)
  })
})
