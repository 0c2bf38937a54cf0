/** What happened in a conversation, as the id of a text and what goes into it. One table: a notice without words does not compile. */

import type { Notice } from '../conversation/types'
import type { Member } from '../e2ee/types'
import type { Arguments } from '../shared/fluent'
import { spanOf } from './durations'

export interface Told {
  readonly id: string
  readonly args?: Arguments
  /** Somebody should look at it. */
  readonly care: boolean
}

type Kind = Notice['kind']
type Of<K extends Kind> = Extract<Notice, { kind: K }>

const whoOf = (member: Member): Arguments =>
  member.identity.kind === 'staff' ? { staff: 'yes', name: member.identity.name } : { staff: 'no', name: '' }

const calm = (id: string, args?: Arguments): Told => ({
  id: `console-notice-${id}`,
  care: false,
  ...(args ? { args } : {}),
})
const care = (id: string, args?: Arguments): Told => ({ ...calm(id, args), care: true })
const mine = (flag: boolean): Arguments => ({ mine: flag ? 'yes' : 'no' })

const WORDS: { readonly [K in Kind]: (notice: Of<K>) => Told } = {
  joined: ({ member }) => calm('joined', whoOf(member)),
  left: ({ member }) => calm('left', whoOf(member)),
  rejoined: ({ member }) => calm('rejoined', whoOf(member)),
  restarted: () => calm('restarted'),
  missing: ({ count, cause }) => (cause === 'withheld' ? care : calm)(`missing-${cause}`, { count }),
  unreadable: () => care('unreadable'),
  order_broken: ({ how }) => care(`order-${how.replaceAll('_', '-')}`),
  not_confirmed: () => calm('not-confirmed'),
  timer_changed: ({ seconds, mine: own }) => calm('timer', { ...mine(own), ...unitOf(seconds) }),
  burned: ({ mine: own }) => calm('burned', mine(own)),
  closed: ({ mine: own }) => calm('closed', mine(own)),
  newer_list: () => care('newer-list'),
  untrusted: ({ reason }) => care(reason === 'list_stale' ? 'list-stale' : 'untrusted'),
  change_refused: ({ reason }) => care(`change-${reason}`),
  not_kept: () => care('not-kept'),
  ended: () => calm('ended'),
  removed: () => calm('removed'),
}

function unitOf(seconds: number): Arguments {
  const { unit, count } = spanOf(seconds)
  return { unit, count }
}

export function noticeTold(notice: Notice): Told {
  const words = WORDS[notice.kind] as (notice: Notice) => Told
  return words(notice)
}
