/** Who is and was in a conversation, by name. */

import type { Member } from '../e2ee/types'
import type { Notice } from '../conversation/types'

/** Somebody as a text can name them: staff by their certified name, the person themself, anybody else without a name. */
export type Named =
  { readonly who: 'staff'; readonly name: string } | { readonly who: 'me' } | { readonly who: 'unnamed' }

export type Names = (mark: string) => Named

export function namedOf(member: Member, me: string): Named {
  if (member.mark === me) return { who: 'me' }
  return member.identity.kind === 'staff' ? { who: 'staff', name: member.identity.name } : { who: 'unnamed' }
}

/** Names by mark, also of those who have left: the notices remember them. */
export function namesOf(members: readonly Member[], notices: readonly Notice[], me: string): Names {
  const known = new Map<string, Member>()
  for (const notice of notices) if ('member' in notice) known.set(notice.member.mark, notice.member)
  for (const member of members) known.set(member.mark, member)
  return (mark) => {
    const member = known.get(mark)
    if (member !== undefined) return namedOf(member, me)
    return mark === me ? { who: 'me' } : { who: 'unnamed' }
  }
}

/** The staff among the members, in the order of the group. */
export function staffOf(members: readonly Member[]): readonly { readonly mark: string; readonly name: string }[] {
  return members.flatMap(({ identity, mark }) => (identity.kind === 'staff' ? [{ mark, name: identity.name }] : []))
}
