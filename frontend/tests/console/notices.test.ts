import { beforeAll, describe, expect, it } from 'vitest'
import { noticeTold } from '../../src/console/notices'
import type { NoticeBody } from '../../src/conversation/types'
import type { Member } from '../../src/e2ee/types'
import { languageUse, t } from '../../src/shared/fluent'

const STAFF: Member = {
  mark: 's',
  signatureKey: new Uint8Array(32),
  identity: {
    kind: 'staff',
    organisation: 'casa-clara',
    deviceId: new Uint8Array(16),
    signingDeviceId: new Uint8Array(16),
    name: 'Ruth',
    role: 'supervisor',
    notAfter: 0,
  },
}
const PERSON: Member = {
  mark: 'p',
  signatureKey: new Uint8Array(32),
  identity: { kind: 'pseudonym', id: new Uint8Array(16) },
}

const EVERY: readonly NoticeBody[] = [
  { kind: 'joined', member: STAFF },
  { kind: 'joined', member: PERSON },
  { kind: 'left', member: STAFF },
  { kind: 'left', member: PERSON },
  { kind: 'rejoined', member: PERSON },
  { kind: 'rejoined', member: STAFF },
  { kind: 'missing', from: 'p', count: 1, cause: 'expired' },
  { kind: 'missing', from: 'p', count: 2, cause: 'burned' },
  { kind: 'missing', from: 'p', count: 3, cause: 'withheld' },
  { kind: 'unreadable' },
  { kind: 'order_broken', how: 'skipped' },
  { kind: 'order_broken', how: 'repeated' },
  { kind: 'order_broken', how: 'rolled_back' },
  { kind: 'not_confirmed', message: 'm' },
  { kind: 'timer_changed', by: 'p', mine: false, seconds: 300 },
  { kind: 'timer_changed', by: 's', mine: true, seconds: 604_800 },
  { kind: 'timer_changed', by: 's', mine: true, seconds: 3_600 },
  { kind: 'burned', by: 'p', mine: false },
  { kind: 'burned', by: 's', mine: true },
  { kind: 'closed', by: 'p', mine: false },
  { kind: 'closed', by: 's', mine: true },
  { kind: 'newer_list', theirs: 3, mine: 2 },
  { kind: 'untrusted', reason: 'revoked' },
  { kind: 'untrusted', reason: 'list_stale' },
  { kind: 'change_refused', reason: 'stranger' },
  { kind: 'change_refused', reason: 'unreadable' },
  { kind: 'restarted' },
  { kind: 'not_kept' },
  { kind: 'ended' },
  { kind: 'removed' },
]

describe.each(['en', 'es'] as const)('what happened, in %s', (language) => {
  beforeAll(() => languageUse(language, ['console']))

  it.each(
    EVERY.map(
      (body) => [JSON.stringify(body, (name, value: unknown) => (name === 'signatureKey' ? '' : value)), body] as const,
    ),
  )('has words for %s', (_, body) => {
    const { id, args } = noticeTold({ ...body, number: 1, at: 0 })
    const text = t(id, args)
    expect(text).not.toBe(id)
    expect(text).not.toMatch(/[{}!¡]/)
  })

  it('names staff, and never anybody else', () => {
    const told = (member: Member): string => {
      const { id, args } = noticeTold({ kind: 'joined', member, number: 1, at: 0 })
      return t(id, args)
    }
    expect(told(STAFF)).toContain('Ruth')
    expect(told(PERSON)).toBe(told({ ...PERSON, mark: 'another' }))
  })
})

describe('what needs care', () => {
  const care = (body: NoticeBody): boolean => noticeTold({ ...body, number: 1, at: 0 }).care
  it('is what a server that cheats would cause, and not what people do', () => {
    expect(care({ kind: 'missing', from: 'p', count: 1, cause: 'withheld' })).toBe(true)
    expect(care({ kind: 'change_refused', reason: 'stranger' })).toBe(true)
    expect(care({ kind: 'newer_list', theirs: 2, mine: 1 })).toBe(true)
    expect(care({ kind: 'closed', by: 'p', mine: false })).toBe(false)
    expect(care({ kind: 'missing', from: 'p', count: 1, cause: 'burned' })).toBe(false)
  })
})
