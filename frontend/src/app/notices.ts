/** What happened in a conversation, as the id of a text and what belongs into it. */

import type { Notice } from '../conversation/types'
import type { Arguments } from '../shared/fluent'
import { namedOf, type Named, type Names } from './people'
import { spanText } from './span_text'

export interface Said {
  readonly id: string
  readonly args: Arguments
  /** Where something is not as it should be: the id of what the person can do. Such a notice is shown with care. */
  readonly care: string | null
}

const CARE: ReadonlySet<Notice['kind']> = new Set([
  'unreadable',
  'order_broken',
  'newer_list',
  'untrusted',
  'change_refused',
])

/** The words for one notice. Every kind has them; the compiler sees to it. */
export function noticeSaid(notice: Notice, names: Names, me: string): Said {
  const { id, args } = wordsOf(notice, names, me)
  return { id: `app-notice-${id}`, args, care: careOf(notice) }
}

function careOf(notice: Notice): string | null {
  if (notice.kind === 'not_kept') return 'app-notice-not-kept-do'
  const withheld = notice.kind === 'missing' && notice.cause === 'withheld'
  return withheld || CARE.has(notice.kind) ? 'app-notice-care' : null
}

function wordsOf(notice: Notice, names: Names, me: string): { id: string; args: Arguments } {
  const who = (named: Named): Arguments => ({ who: named.who, name: named.who === 'staff' ? named.name : '' })
  switch (notice.kind) {
    case 'joined':
    case 'left':
    case 'rejoined':
      return { id: notice.kind, args: who(namedOf(notice.member, me)) }
    case 'missing':
      return { id: `missing-${notice.cause}`, args: { ...who(names(notice.from)), count: notice.count } }
    case 'order_broken':
      return { id: `order-${notice.how.replace('_', '-')}`, args: {} }
    case 'timer_changed': {
      const by = notice.mine ? ({ who: 'me' } as const) : names(notice.by)
      return { id: 'timer', args: { ...who(by), span: spanText(notice.seconds) } }
    }
    case 'burned':
    case 'closed':
      return { id: notice.kind, args: who(notice.mine ? { who: 'me' } : names(notice.by)) }
    case 'untrusted':
      return { id: notice.reason === 'list_stale' ? 'untrusted-stale' : 'untrusted', args: {} }
    case 'change_refused':
      return { id: `change-${notice.reason}`, args: {} }
    case 'not_confirmed':
    case 'newer_list':
    case 'unreadable':
    case 'restarted':
    case 'ended':
    case 'removed':
    case 'not_kept':
      return { id: notice.kind.replace('_', '-'), args: {} }
  }
}
