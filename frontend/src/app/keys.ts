/** Whether a key sends what is written. With a keyboard, Enter does and Shift+Enter begins a new line; on a phone Enter always begins one. */
export function sendsByKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'isComposing'>,
  keyboard: boolean,
): boolean {
  if (event.key !== 'Enter' || event.isComposing || event.shiftKey) return false
  return keyboard || event.ctrlKey || event.metaKey
}
