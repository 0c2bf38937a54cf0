// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { seenAttach } from '../../src/app/seen'

let told: (entries: { isIntersecting: boolean }[]) => void
const disconnect = vi.fn()
let visibility: DocumentVisibilityState = 'visible'

beforeEach(() => {
  visibility = 'visible'
  disconnect.mockClear()
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(run: typeof told) {
        told = run
      }
      observe = vi.fn()
      disconnect = disconnect
    },
  )
})
afterEach(() => vi.restoreAllMocks())

const shown = (state: DocumentVisibilityState): void => {
  visibility = state
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('a message', () => {
  it('is seen once it stands on a page that is shown', () => {
    const seen = vi.fn()
    seenAttach(seen)(document.body)
    expect(seen).not.toHaveBeenCalled()
    told([{ isIntersecting: true }])
    expect(seen).toHaveBeenCalledOnce()
    expect(disconnect).toHaveBeenCalled()
  })

  it('is not seen while it was not scrolled to', () => {
    const seen = vi.fn()
    seenAttach(seen)(document.body)
    told([{ isIntersecting: false }])
    shown('visible')
    expect(seen).not.toHaveBeenCalled()
  })

  it('is not seen in the background, and seen when the page is shown again', () => {
    const seen = vi.fn()
    shown('hidden')
    seenAttach(seen)(document.body)
    told([{ isIntersecting: true }])
    expect(seen).not.toHaveBeenCalled()
    shown('visible')
    shown('visible')
    expect(seen).toHaveBeenCalledOnce()
  })

  it('is not seen after it is gone', () => {
    const seen = vi.fn()
    shown('hidden')
    const end = seenAttach(seen)(document.body)
    told([{ isIntersecting: true }])
    end()
    shown('visible')
    expect(seen).not.toHaveBeenCalled()
  })
})
