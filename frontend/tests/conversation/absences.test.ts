import { describe, expect, it } from 'vitest'
import { Absences, KEPT_FOR } from '../../src/conversation/absences'

const LATER = KEPT_FOR * 1000

describe('a number that is gone', () => {
  const gone = (from: number, to: number, honest: boolean, waited: number): Absences => {
    const absences = new Absences()
    absences.add({ from, to, honest, aliveAt: 1_000, now: 1_000 + waited })
    return absences
  }

  it('has expired where the server says so, late enough', () => {
    expect(gone(4, 6, true, LATER).causeOf(3, 3, 7)).toBe('expired')
  })

  it('was withheld where it went sooner than anything expires', () => {
    expect(gone(4, 6, true, LATER - 1).causeOf(3, 3, 7)).toBe('withheld')
  })

  it('was withheld where the server left it out without a word', () => {
    expect(gone(4, 6, false, LATER).causeOf(1, 3, 7)).toBe('withheld')
  })

  it('explains no more than it holds, and nothing elsewhere in the log', () => {
    const absences = gone(4, 6, true, LATER)
    expect(absences.causeOf(4, 3, 9)).toBe('withheld')
    expect(absences.causeOf(1, 7, 9)).toBe('withheld')
    expect(absences.causeOf(2, 4, 9)).toBe('expired')
    expect(absences.causeOf(3, 4, 9)).toBe('withheld')
  })

  it('was burned where a member said so, however soon', () => {
    const absences = gone(4, 6, true, 0)
    absences.burned(6)
    expect(absences.causeOf(3, 3, 7)).toBe('burned')
    const other = new Absences()
    other.restore(absences.toKept())
    expect(other.causeOf(3, 3, 7)).toBe('burned')
  })
})
