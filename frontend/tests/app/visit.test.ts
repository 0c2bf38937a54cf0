import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Attempt } from '../../src/app/attempt.svelte'
import type { Core, Line } from '../../src/app/core'
import { NoSuchPlace, Visit } from '../../src/app/visit.svelte'
import { ApiError } from '../../src/net/http'
import type { LineState } from '../../src/conversation/survivor'
import {
  core,
  conversationOf,
  KEPT,
  lineOf,
  lineState,
  ORGANISATION,
  OTHER,
  talkState,
  TRUST,
} from '../../stories/support/facts'

class TrustRefused extends Error {
  override name = 'TrustRefused'
  readonly reason: string
  readonly clockOff = false
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

/** A line whose state a test sets. */
class TestLine {
  readonly line: Line
  readonly destroy = vi.fn()
  #run: (state: LineState) => void = () => undefined

  constructor(first: Partial<LineState> = {}, more: Partial<Line> = {}) {
    this.line = {
      ...lineOf(lineState(first)),
      subscribe: (run) => {
        this.#run = run
        run(lineState(first))
        return () => undefined
      },
      destroy: this.destroy,
      ...more,
    }
  }

  becomes(state: Partial<LineState>): void {
    this.#run(lineState(state))
  }
}

const both = (): Promise<[typeof ORGANISATION, typeof OTHER]> => Promise.resolve([ORGANISATION, OTHER])
const link = 'A'.repeat(27)
let test: TestLine

/** A visit whose request was sent on `test`. */
async function asked(more: Partial<Core> = {}): Promise<Visit> {
  const believe = (): ReturnType<Core['believe']> =>
    Promise.resolve({ shown: TRUST, canAsk: true, ask: () => test.line })
  const visit = new Visit(core({ believe, ...more }), 'en', null)
  await visit.load()
  for (const step of ['chosen', 'understood', 'safe'] as const) visit.happen(step)
  visit.draft.level = 'soon'
  visit.draft.text = 'some words'
  visit.ask()
  return visit
}

beforeEach(() => {
  test = new TestLine({ phase: 'sending' })
})

describe('who answers', () => {
  it('is chosen already where there is only one', async () => {
    const visit = new Visit(core(), 'en', null)
    await visit.load()
    expect([visit.screen, visit.choice.chosen]).toEqual(['who', ORGANISATION])
    expect(visit.choice.standing).toMatchObject({ kind: 'believed', believed: { shown: { pinnedBy: 'first_use' } } })
  })

  it('is left to the person where there are several', async () => {
    const visit = new Visit(core({ organisations: both }), 'en', null)
    await visit.load()
    expect([visit.screen, visit.choice.chosen]).toEqual(['who', null])
  })

  it('is whom the link speaks of, and stays so when chosen again', async () => {
    const believe = vi.fn((slug: string, fingerprint: string | null) =>
      slug === 'other' || fingerprint === null
        ? core().believe(slug, fingerprint)
        : Promise.reject(new TrustRefused('root')),
    )
    const visit = new Visit(core({ organisations: both, believe }), 'en', link)
    await visit.load()
    expect([visit.choice.link, visit.choice.chosen]).toEqual(['fits', OTHER])
    await visit.choice.choose(ORGANISATION)
    expect(visit.choice.standing).toMatchObject({ believed: { shown: { pinnedBy: 'first_use' } } })
    await visit.choice.choose(OTHER)
    expect(visit.choice.standing).toMatchObject({ believed: { shown: { pinnedBy: 'link' } } })
  })

  it('is said to be uncertain where the link fits nobody', async () => {
    const visit = new Visit(
      core({ organisations: both, believe: () => Promise.reject(new TrustRefused('root')) }),
      'en',
      link,
    )
    await visit.load()
    expect([visit.choice.link, visit.choice.chosen]).toEqual(['fits-nobody', null])
  })

  it('is not said to fit nobody where somebody could not be asked', async () => {
    const visit = new Visit(
      core({ organisations: both, believe: () => Promise.reject(new Error('no answer')) }),
      'en',
      link,
    )
    await visit.load()
    expect(visit.choice.link).toBe('unknown')
  })

  it('shows what came for the choice of now, not for one that was left', async () => {
    let late: (error: Error) => void = () => undefined
    const believe: Core['believe'] = (slug, fingerprint) =>
      slug === 'other' ? new Promise((_, reject) => (late = reject)) : core().believe(slug, fingerprint)
    const visit = new Visit(core({ organisations: both, believe }), 'en', null)
    await visit.load()
    const left = visit.choice.choose(OTHER)
    await visit.choice.choose(ORGANISATION)
    late(new TrustRefused('root'))
    await left
    expect(visit.choice.standing.kind).toBe('believed')
  })
})

describe("an organisation's own link", () => {
  it('cannot be got around by a server that fails once and shows other keys afterwards', async () => {
    let failing = true
    const believe: Core['believe'] = (slug, fingerprint) => {
      if (failing) return Promise.reject(new Error('no answer'))
      return fingerprint === null ? core().believe(slug, null) : Promise.reject(new TrustRefused('signature'))
    }
    const visit = new Visit(core({ believe }), 'en', link)
    await visit.load()
    expect([visit.choice.link, visit.choice.standing.kind]).toEqual(['unknown', 'refused'])
    failing = false
    await visit.choice.choose(ORGANISATION)
    expect(visit.choice.standing).toEqual({ kind: 'refused', code: 'trust.signature' })
  })

  it('leaves the choice where the keys are plainly of somebody else, and goes on saying that it fits nobody', async () => {
    const believe: Core['believe'] = (slug, fingerprint) =>
      fingerprint === null ? core().believe(slug, null) : Promise.reject(new TrustRefused('root'))
    const visit = new Visit(core({ believe }), 'en', link)
    await visit.load()
    expect(visit.choice.link).toBe('fits-nobody')
    expect(visit.choice.standing).toMatchObject({ believed: { shown: { pinnedBy: 'first_use' } } })
  })

  it('does not make its organisation another once it was recognised', async () => {
    let swapped = false
    const believe: Core['believe'] = (slug, fingerprint) =>
      swapped && fingerprint !== null ? Promise.reject(new TrustRefused('root')) : core().believe(slug, fingerprint)
    const visit = new Visit(core({ believe }), 'en', link)
    await visit.load()
    expect(visit.choice.link).toBe('fits')
    swapped = true
    await visit.choice.choose(ORGANISATION)
    expect(visit.choice.standing).toEqual({ kind: 'refused', code: 'trust.root' })
  })

  it('is tried again when it could not be compared', async () => {
    let failing = true
    const believe: Core['believe'] = (slug, fingerprint) =>
      failing ? Promise.reject(new Error('no answer')) : core().believe(slug, fingerprint)
    const visit = new Visit(core({ believe }), 'en', link)
    await visit.load()
    failing = false
    await visit.choice.choose(ORGANISATION)
    expect(visit.choice.link).toBe('fits')
    expect(visit.choice.standing).toMatchObject({ believed: { shown: { pinnedBy: 'link' } } })
  })
})

describe('where nobody can be asked', () => {
  it('says so, and tries again', async () => {
    let answers = false
    const organisations = (): ReturnType<Core['organisations']> =>
      answers ? Promise.resolve([ORGANISATION]) : Promise.reject(new Error('away'))
    const visit = new Visit(core({ organisations }), 'en', null)
    await visit.load()
    expect(visit.screen).toBe('unreachable')
    answers = true
    await visit.again()
    expect(visit.screen).toBe('who')
  })

  it('says where no organisation is set up', async () => {
    const visit = new Visit(core({ organisations: () => Promise.resolve([]) }), 'en', null)
    await visit.load()
    expect(visit.screen).toBe('nobody')
  })
})

describe('a request', () => {
  it('is not sent before it is said how soon', async () => {
    const ask = vi.fn(() => test.line)
    const visit = await asked({ believe: () => Promise.resolve({ shown: TRUST, canAsk: true, ask }) })
    expect(ask).toHaveBeenCalledTimes(1)
    expect(visit.screen).toBe('wait')
    const other = new Visit(core({ believe: () => Promise.resolve({ shown: TRUST, canAsk: true, ask }) }), 'en', null)
    await other.load()
    other.ask()
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('leaves no first words behind once it is on its way', async () => {
    expect((await asked()).draft.text).toBe('')
  })

  it('becomes a conversation, and waits again when the advocate is lost', async () => {
    const visit = await asked()
    test.becomes({ phase: 'talking', conversation: conversationOf(talkState()) })
    expect([visit.screen, visit.talk?.me]).toEqual(['talk', 'me'])
    test.becomes({ phase: 'waiting', reopened: 1 })
    expect(visit.screen).toBe('wait')
  })

  it('waits behind the return words while somebody writes them down', async () => {
    const visit = await asked()
    visit.hold(true)
    test.becomes({ phase: 'talking', conversation: conversationOf(talkState()) })
    expect([visit.screen, visit.talk?.me]).toEqual(['wait', 'me'])
    visit.hold(false)
    expect(visit.screen).toBe('talk')
  })

  it('is over when the server has it no more', async () => {
    const visit = await asked()
    test.becomes({ phase: 'closed', refusal: 'request.not_found' })
    expect([visit.screen, visit.ending]).toEqual(['ended', 'gone'])
    expect(test.destroy).toHaveBeenCalled()
  })

  it('is taken back, and everything of it forgotten', async () => {
    const visit = await asked()
    await visit.withdraw()
    expect([visit.screen, visit.ending, visit.line]).toEqual(['ended', 'withdrawn', null])
    expect(test.destroy).toHaveBeenCalled()
  })

  it('stays where the server did not hear that it is taken back', async () => {
    test = new TestLine({}, { withdraw: () => Promise.reject(new Error('away')) })
    const visit = await asked()
    await expect(visit.withdraw()).rejects.toThrow('away')
    expect([visit.screen, visit.line]).toEqual(['wait', test.line])
  })
})

describe('a conversation', () => {
  it('stays on the screen after its end, until the person goes on', async () => {
    const visit = await asked()
    test.becomes({ phase: 'talking', conversation: conversationOf(talkState()) })
    test.becomes({ phase: 'closed', conversation: conversationOf(talkState({ connection: 'ended' })) })
    expect([visit.screen, visit.talk?.connection]).toEqual(['talk', 'ended'])
    await visit.finish()
    expect([visit.screen, visit.talk, visit.lineState]).toEqual(['ended', null, null])
  })

  it('is kept nowhere any more once it is over', async () => {
    const erase = vi.fn(() => Promise.resolve())
    const visit = await asked({ keep: () => Promise.resolve({ ...KEPT, erase }) })
    test.becomes({ phase: 'talking', conversation: conversationOf(talkState()) })
    await visit.keep('five words of a phrase')
    await visit.finish()
    expect(erase).toHaveBeenCalledOnce()
  })

  it('goes on in memory when the person stops keeping it', async () => {
    const keepIn = vi.fn(() => Promise.resolve())
    const erase = vi.fn(() => Promise.resolve())
    test = new TestLine({}, { keepIn })
    const visit = await asked({ keep: () => Promise.resolve({ ...KEPT, erase }) })
    await visit.keep('five words of a phrase')
    await visit.keepNoMore()
    expect(keepIn).toHaveBeenCalledWith(null)
    expect(erase).toHaveBeenCalledOnce()
    expect(visit.kept).toBeNull()
  })

  it('is found again by return words, and knows the name of the organisation', async () => {
    test = new TestLine({ phase: 'joining' })
    const visit = new Visit(core({ back: () => Promise.resolve(test.line) }), 'en', null)
    visit.screen = 'back'
    await visit.back(['river'])
    expect([visit.screen, visit.returned, visit.wordsKept]).toEqual(['wait', true, true])
    await vi.waitFor(() => expect(visit.choice.chosen).toEqual(ORGANISATION))
    test.becomes({ phase: 'talking', conversation: conversationOf(talkState()) })
    expect(visit.screen).toBe('talk')
  })
})

describe('coming back', () => {
  it('says apart that nothing belongs to the words', async () => {
    const visit = new Visit(core({ back: () => Promise.reject(new ApiError('request.not_found', 404)) }), 'en', null)
    await expect(visit.back(['river'])).rejects.toThrow(NoSuchPlace)
    const other = new Visit(core({ back: () => Promise.reject(new ApiError('request.slow_down', 429)) }), 'en', null)
    await expect(other.back(['river'])).rejects.toThrow('request.slow_down')
  })

  it('by the phrase goes on keeping, and leaves by return words as they were', async () => {
    test = new TestLine({ phase: 'talking', conversation: conversationOf(talkState()) })
    const visit = new Visit(core({ resume: () => Promise.resolve({ line: test.line, kept: KEPT }) }), 'en', null)
    visit.screen = 'back'
    await visit.resume('five words of a phrase')
    expect([visit.screen, visit.kept, visit.wordsKept]).toEqual(['talk', KEPT, false])
  })
})

describe('an attempt', () => {
  it('tells why it was refused, until the next one', async () => {
    const attempt = new Attempt()
    expect(await attempt.run(() => Promise.reject(new ApiError('request.slow_down', 429)))).toBe(false)
    expect([attempt.busy, attempt.refusal]).toEqual([false, 'request.slow_down'])
    expect(await attempt.run(() => undefined)).toBe(true)
    expect(attempt.refusal).toBeNull()
  })

  it('is made once at a time', async () => {
    const attempt = new Attempt()
    const act = vi.fn(() => Promise.resolve())
    await Promise.all([attempt.run(act), attempt.run(act)])
    expect(act).toHaveBeenCalledOnce()
  })
})

describe('leaving', () => {
  it('destroys a line that was found only afterwards', async () => {
    const close = vi.fn(() => Promise.resolve())
    const resume = (): ReturnType<Core['resume']> => Promise.resolve({ line: test.line, kept: { ...KEPT, close } })
    const visit = new Visit(core({ resume }), 'en', null)
    visit.screen = 'back'
    const finding = visit.resume('five words of a phrase')
    visit.destroy()
    await finding
    expect(test.destroy).toHaveBeenCalledOnce()
    expect(close).toHaveBeenCalledOnce()
    expect([visit.screen, visit.line]).toEqual(['back', null])
  })

  it('destroys the line at once, and locks what is kept without erasing it', async () => {
    const [erase, close] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())]
    const visit = await asked({ keep: () => Promise.resolve({ erase, close }) })
    test.becomes({ phase: 'talking', conversation: conversationOf(talkState()) })
    await visit.keep('five words of a phrase')
    visit.draft.text = 'unsent'
    visit.destroy()
    expect(test.destroy).toHaveBeenCalledOnce()
    expect(close).toHaveBeenCalledOnce()
    expect(erase).not.toHaveBeenCalled()
    expect([visit.line, visit.talk, visit.draft.text]).toEqual([null, null, ''])
  })

  it('locks a place that was ready only afterwards', async () => {
    let ready: (kept: typeof KEPT) => void = () => undefined
    const close = vi.fn(() => Promise.resolve())
    const visit = await asked({ keep: () => new Promise((resolve) => (ready = resolve)) })
    const keeping = visit.keep('five words of a phrase')
    visit.destroy()
    ready({ ...KEPT, close })
    await keeping
    expect(close).toHaveBeenCalledOnce()
    expect(visit.kept).toBeNull()
  })
})
