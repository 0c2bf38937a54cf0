// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Follower } from '../../src/app/follower.svelte'

let follower: Follower
let list: HTMLElement
let resized: () => void

/** The list is `high`, and 100 of it are on the screen. */
function grow(high: number, length: number): void {
  Object.defineProperty(list, 'scrollHeight', { value: high, configurable: true })
  follower.grown(length)
}
function scrollTo(top: number): void {
  list.scrollTop = top
  list.dispatchEvent(new Event('scroll'))
}

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(run: () => void) {
        resized = run
      }
      observe(): void {}
      disconnect(): void {}
    },
  )
  follower = new Follower()
  list = document.createElement('div')
  document.body.append(list)
  Object.defineProperty(list, 'clientHeight', { value: 100 })
  follower.attach(list)
  grow(500, 5)
})

describe('a growing list', () => {
  it('stays at its newest end', () => {
    grow(600, 6)
    expect([list.scrollTop, follower.behind]).toEqual([600, false])
  })

  it('is not moved while somebody reads further up, and says that there is something newer', () => {
    scrollTo(100)
    grow(600, 6)
    expect([list.scrollTop, follower.behind]).toEqual([100, true])
  })

  it('says nothing when a message went', () => {
    scrollTo(100)
    grow(400, 4)
    expect(follower.behind).toBe(false)
  })

  it('follows again from the newest end', () => {
    scrollTo(100)
    grow(600, 6)
    follower.toNewest()
    grow(700, 7)
    expect([list.scrollTop, follower.behind]).toEqual([700, false])
    scrollTo(100)
    scrollTo(570)
    grow(800, 8)
    expect(list.scrollTop).toBe(800)
  })

  it('stays at its end when a keyboard takes half of the window', () => {
    list.scrollTop = 0
    resized()
    expect(list.scrollTop).toBe(500)
  })

  it('can be scrolled by a keyboard', () => {
    expect(list.tabIndex).toBe(0)
  })
})
