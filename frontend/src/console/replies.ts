/** Prepared replies: each is put into the message to be looked at, changed and sent by the advocate; nothing is sent by itself. */

/** Waits in the message box of every new conversation. */
export const FIRST_REPLY = 'console-reply-safe'

/** In the order in which they are offered. Each has a short name, `…-name`, in the advocate's language; the text is in the other person's. */
export const REPLIES: readonly string[] = [
  FIRST_REPLY,
  'console-reply-who',
  'console-reply-choice',
  'console-reply-listening',
  'console-reply-fault',
  'console-reply-interrupted',
  'console-reply-danger',
  'console-reply-moment',
  'console-reply-wrong',
  'console-reply-end',
]

/** The draft with a reply added to what the advocate already wrote. */
export function replyAdd(draft: string, reply: string): string {
  return draft.trim() === '' ? reply : `${draft.trimEnd()}\n${reply}`
}
