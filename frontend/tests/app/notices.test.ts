import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { beforeAll, describe, expect, it } from 'vitest'
import { noticeSaid } from '../../src/app/notices'
import { namesOf } from '../../src/app/people'
import { codeOf, REFUSALS, refusalId } from '../../src/app/refusals'
import type { Notice, NoticeBody } from '../../src/conversation/types'
import { bundleAdd, languageSet, LANGUAGES } from '../../src/shared/fluent'
import { ANA, ME, RUTH } from '../../stories/support/facts'

const EVERY: NoticeBody[] = [
  ...([ANA, ME] as const).flatMap((member): NoticeBody[] => [
    { kind: 'joined', member },
    { kind: 'left', member },
    { kind: 'rejoined', member },
  ]),
  ...(['expired', 'burned', 'withheld'] as const).flatMap((cause): NoticeBody[] => [
    { kind: 'missing', from: 'ana', count: 1, cause },
    { kind: 'missing', from: 'nobody', count: 3, cause },
  ]),
  { kind: 'unreadable' },
  { kind: 'order_broken', how: 'skipped' },
  { kind: 'order_broken', how: 'repeated' },
  { kind: 'order_broken', how: 'rolled_back' },
  { kind: 'not_confirmed', message: 'x' },
  { kind: 'timer_changed', by: 'ana', mine: false, seconds: 3600 },
  { kind: 'timer_changed', by: 'me', mine: true, seconds: 300 },
  { kind: 'burned', by: 'ana', mine: false },
  { kind: 'burned', by: 'me', mine: true },
  { kind: 'closed', by: 'ana', mine: false },
  { kind: 'closed', by: 'me', mine: true },
  { kind: 'newer_list', theirs: 3, mine: 2 },
  { kind: 'untrusted', reason: 'revoked' },
  { kind: 'untrusted', reason: 'list_stale' },
  { kind: 'change_refused', reason: 'stranger' },
  { kind: 'change_refused', reason: 'unreadable' },
  { kind: 'restarted' },
  { kind: 'ended' },
  { kind: 'removed' },
  { kind: 'not_kept' },
]
/** What an honest server never causes: these are shown with care. */
const CARE = ['unreadable', 'order_broken', 'newer_list', 'untrusted', 'change_refused', 'not_kept']

const bundles = new Map<string, FluentBundle>()
const noticed = (body: NoticeBody, number = 1): Notice => ({ ...body, number, at: 0 })
const names = namesOf([ANA, ME], [], 'me')

/** The text in one language, strict: everything that it names must have been given. */
function say(language: string, id: string, args: Record<string, unknown> = {}): string {
  const bundle = bundles.get(language)
  const pattern = bundle?.getMessage(id)?.value
  if (!bundle || !pattern) throw new Error(`no text ${id} in ${language}`)
  const errors: Error[] = []
  const text = bundle.formatPattern(pattern, args as Record<string, string>, errors)
  expect(errors, `${id} in ${language}`).toEqual([])
  return text
}

beforeAll(() => {
  for (const language of LANGUAGES) {
    const source = readFileSync(`locales/${language}/app.ftl`, 'utf8')
    const bundle = new FluentBundle(language, { useIsolating: false })
    bundle.addResource(new FluentResource(source))
    bundles.set(language, bundle)
    bundleAdd(language, source)
  }
  languageSet('en')
})

describe.each(LANGUAGES)('in %s', (language) => {
  it('every notice is said in whole words', () => {
    for (const body of EVERY) {
      const said = noticeSaid(noticed(body), names, 'me')
      expect(say(language, said.id, said.args), said.id).toMatch(/\.$/)
      if (said.care !== null) say(language, said.care)
    }
  })

  it('every refusal is said in whole words', () => {
    for (const code of [...REFUSALS, 'unexpected', 'no.such_code'])
      expect(say(language, refusalId(code)), code).toMatch(/\.$/)
  })
})

describe('a notice', () => {
  it('is shown with care where an honest server does not cause it, and says what can be done', () => {
    for (const body of EVERY) {
      const held = body.kind === 'missing' && body.cause === 'withheld'
      expect(noticeSaid(noticed(body), names, 'me').care !== null, JSON.stringify(body)).toBe(
        held || CARE.includes(body.kind),
      )
    }
  })

  it('says who it was by name, and who reads it as "you"', () => {
    expect(
      say('en', 'app-notice-left', noticeSaid(noticed({ kind: 'left', member: ANA }), names, 'me').args),
    ).toContain('Ana')
    expect(say('en', 'app-notice-joined', noticeSaid(noticed({ kind: 'joined', member: ME }), names, 'me').args)).toBe(
      'You have joined.',
    )
  })

  it('still knows the name of somebody who has left', () => {
    const later = namesOf([ME], [noticed({ kind: 'joined', member: RUTH })], 'me')
    const { args } = noticeSaid(
      noticed({ kind: 'timer_changed', by: 'ruth', mine: false, seconds: 3600 }, 2),
      later,
      'me',
    )
    expect(say('en', 'app-notice-timer', args)).toContain('Ruth')
  })
})

describe('what was thrown', () => {
  class ApiError extends Error {
    override name = 'ApiError'
    readonly code = 'request.slow_down'
  }
  class TrustRefused extends Error {
    override name = 'TrustRefused'
    readonly reason = 'signature'
    readonly clockOff: boolean
    constructor(clockOff: boolean) {
      super()
      this.clockOff = clockOff
    }
  }

  it('becomes a stable code', () => {
    expect(codeOf(new ApiError())).toBe('request.slow_down')
    expect(codeOf(new TrustRefused(false))).toBe('trust.signature')
    expect(codeOf(Object.assign(new Error(), { name: 'WrongPhrase' }))).toBe('kept.wrong_phrase')
    expect(codeOf(new Error('anything'))).toBe('unexpected')
    expect(codeOf('anything')).toBe('unexpected')
  })

  it('is the clock first, where that alone may explain it', () => {
    expect(codeOf(new TrustRefused(true))).toBe('clock.off')
  })

  it('means one thing to people for every fault in a chain of keys', () => {
    expect(refusalId('trust.signature')).toBe('app-refusal-trust-broken')
    expect(refusalId('trust.root')).toBe('app-refusal-trust-root')
  })
})
