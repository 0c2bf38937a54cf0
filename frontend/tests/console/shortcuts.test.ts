import { describe, expect, it } from 'vitest'
import { actOf, SHORTCUTS, type Pressed } from '../../src/console/shortcuts'

const REST: Pressed = { key: '', code: '', altKey: false, ctrlKey: false, metaKey: false, repeat: false }
const pressed = (shortcut: (typeof SHORTCUTS)[number]): Pressed => ({
  ...REST,
  key: shortcut.key ?? '',
  code: shortcut.code ?? '',
  altKey: shortcut.alt,
})

describe('the keyboard', () => {
  it('does what the sheet lists', () => {
    for (const shortcut of SHORTCUTS) expect(actOf(pressed(shortcut), false)).toBe(shortcut.act)
  })

  it('leaves plain characters to the text that is being written', () => {
    for (const shortcut of SHORTCUTS) expect(actOf(pressed(shortcut), true)).toBe(shortcut.alt ? shortcut.act : null)
  })

  it('leaves the browser its own keys, and does nothing twice while a key is held', () => {
    for (const shortcut of SHORTCUTS)
      for (const change of [{ ctrlKey: true }, { metaKey: true }, { repeat: true }])
        expect(actOf({ ...pressed(shortcut), ...change }, false)).toBeNull()
  })

  it('gives each act one key and each key one act', () => {
    expect(new Set(SHORTCUTS.map((one) => one.act)).size).toBe(SHORTCUTS.length)
    expect(new Set(SHORTCUTS.map((one) => one.keys)).size).toBe(SHORTCUTS.length)
  })

  it('acts by the place of the key where Alt changes what it writes', () => {
    expect(actOf({ ...REST, key: '¡', code: 'Digit1', altKey: true }, true)).toBe('pane-queue')
  })
})
