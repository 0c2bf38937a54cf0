/** Messages and notices in the order of time, with a line where another day begins. */

import type { Message, Notice } from '../conversation/types'

export type Item =
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: Message
      /** The first of several by one sender. */ readonly first: boolean
    }
  | { readonly kind: 'notice'; readonly key: string; readonly notice: Notice }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }

/** `dayOf` names the day of a moment (ms) where the person is. A conversation of one day has no day lines. */
export function timelineOf(
  messages: readonly Message[],
  notices: readonly Notice[],
  dayOf: (at: number) => string,
): readonly Item[] {
  const items: Item[] = []
  let day: string | null = null
  let sender: string | null = null
  const enter = (at: number): void => {
    const next = dayOf(at)
    if (day !== null && next !== day) items.push({ kind: 'day', key: `day ${next}`, at })
    if (next !== day) sender = null
    day = next
  }
  let [m, n] = [0, 0]
  while (m < messages.length || n < notices.length) {
    const message = messages[m]
    const notice = notices[n]
    if (message !== undefined && (notice === undefined || message.at < notice.at)) {
      enter(message.at)
      items.push({ kind: 'message', key: message.id, message, first: sender !== message.from })
      sender = message.from
      m += 1
    } else if (notice !== undefined) {
      enter(notice.at)
      items.push({ kind: 'notice', key: `notice ${notice.number}`, notice })
      sender = null
      n += 1
    }
  }
  return items
}
