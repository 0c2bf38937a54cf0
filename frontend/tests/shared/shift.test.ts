import { describe, expect, it } from 'vitest'
import { PATIENCE_MS, PRESSES, REST, shiftExpired, shiftNext, type ShiftInput } from '../../src/shared/shift'
import { choices } from '../support/random'

/** The number of presses counted after inputs, `apart` milliseconds from each other. */
function counted(inputs: readonly ShiftInput[], apart = 100): number {
  return inputs.reduce((state, input, index) => shiftNext(state, input, index * apart), REST).count
}
const press: readonly ShiftInput[] = ['shift-down', 'shift-up']

describe('Shift', () => {
  it('leaves at the third press alone', () => {
    expect(counted([...press, ...press])).toBe(2)
    expect(counted([...press, ...press, ...press])).toBe(PRESSES)
  })

  it('counts a press when it ends: holding it down does nothing', () => {
    expect(counted(['shift-down', 'shift-down', 'shift-down', 'shift-down'])).toBe(0)
  })

  it('never counts a capital letter', () => {
    expect(counted([...press, ...press, 'shift-down', 'other', 'shift-up'])).toBe(0)
  })

  it('starts again after five seconds without a press', () => {
    expect(counted([...press, ...press, ...press], PATIENCE_MS / 2)).toBe(PRESSES)
    const state = counted([...press], 0)
    expect(state).toBe(1)
    expect(shiftExpired({ count: 1, armed: false, at: 0 }, PATIENCE_MS)).toBe(false)
    expect(shiftExpired({ count: 1, armed: false, at: 0 }, PATIENCE_MS + 1)).toBe(true)
    expect(shiftNext({ count: 2, armed: true, at: 0 }, 'shift-up', PATIENCE_MS + 1).count).toBe(1)
  })

  it('never leaves without three whole presses since anything else happened', () => {
    const random = choices(5)
    for (let round = 0; round < 500; round++) {
      let state = REST
      let ups = 0
      for (let step = 0; step < 30 && state.count < PRESSES; step++) {
        const input = random.pick<ShiftInput>(['shift-down', 'shift-up', 'other'])
        state = shiftNext(state, input, step)
        ups = input === 'other' ? 0 : ups + (input === 'shift-up' ? 1 : 0)
        expect(state.count).toBeLessThanOrEqual(ups)
      }
    }
  })
})
