/** The keyboard, as one table: what the sheet (?) lists is what works. */

export type Act =
  | 'sheet'
  | 'shift'
  | 'pane-queue'
  | 'pane-talk'
  | 'pane-help'
  | 'next-talk'
  | 'previous-talk'
  | 'claim-first'
  | 'page-desk'
  | 'page-device'
  | 'page-devices'

export interface Shortcut {
  readonly act: Act
  /** What is pressed, as shown. */
  readonly keys: string
  /** `KeyboardEvent.key`, or `code` where Alt changes what a key writes. */
  readonly key?: string
  readonly code?: string
  /** With Alt it also works while typing; without, only outside of fields. */
  readonly alt: boolean
}

export const SHORTCUTS: readonly Shortcut[] = [
  { act: 'sheet', keys: '?', key: '?', alt: false },
  { act: 'pane-queue', keys: 'Alt 1', code: 'Digit1', alt: true },
  { act: 'pane-talk', keys: 'Alt 2', code: 'Digit2', alt: true },
  { act: 'pane-help', keys: 'Alt 3', code: 'Digit3', alt: true },
  { act: 'next-talk', keys: 'Alt J', code: 'KeyJ', alt: true },
  { act: 'previous-talk', keys: 'Alt K', code: 'KeyK', alt: true },
  { act: 'claim-first', keys: 'Alt N', code: 'KeyN', alt: true },
  { act: 'shift', keys: 'Alt S', code: 'KeyS', alt: true },
  { act: 'page-desk', keys: 'Alt 7', code: 'Digit7', alt: true },
  { act: 'page-device', keys: 'Alt 8', code: 'Digit8', alt: true },
  { act: 'page-devices', keys: 'Alt 9', code: 'Digit9', alt: true },
]

export interface Pressed {
  readonly key: string
  readonly code: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly repeat: boolean
}

/** What a key press means, or null. `typing`: the focus is in a field, where single characters are text. */
export function actOf(pressed: Pressed, typing: boolean): Act | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.repeat) return null
  const found = SHORTCUTS.find(
    (one) =>
      one.alt === pressed.altKey && (one.code === undefined ? one.key === pressed.key : one.code === pressed.code),
  )
  return found && (found.alt || !typing) ? found.act : null
}

/** Whether key presses at this place write text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}
