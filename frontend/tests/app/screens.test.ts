import { describe, expect, it } from 'vitest'
import { NoSuchStep, phaseMeans, screenNext, type Happening, type Screen } from '../../src/app/screens'
import type { Phase } from '../../src/conversation/survivor'

const SCREENS: Screen[] = [
  'loading',
  'unreachable',
  'nobody',
  'who',
  'before',
  'safe',
  'later',
  'ask',
  'wait',
  'talk',
  'ended',
  'back',
]
const HAPPENINGS: Happening[] = [
  'organisations',
  'no-organisations',
  'no-answer',
  'again',
  'chosen',
  'understood',
  'safe',
  'not-safe',
  'asked',
  'found',
  'joined',
  'waits-again',
  'over',
  'step-back',
]
const PHASES: Phase[] = ['sending', 'waiting', 'claimed', 'joining', 'talking', 'closed', 'refused']

/** Where each thing that can happen leads from a screen. */
function ways(screen: Screen): [Happening, Screen][] {
  return HAPPENINGS.flatMap((happening): [Happening, Screen][] => {
    try {
      return [[happening, screenNext(screen, happening)]]
    } catch (error) {
      if (error instanceof NoSuchStep) return []
      throw error
    }
  })
}

/** Everything that can be reached from `start` without what `refused` names. */
function reached(start: Screen, refused: readonly Happening[] = []): Set<Screen> {
  const found = new Set<Screen>([start])
  for (const screen of found)
    for (const [happening, next] of ways(screen)) if (!refused.includes(happening)) found.add(next)
  return found
}

describe('the screens', () => {
  it('are all reached from one of the two doors', () => {
    expect(new Set([...reached('loading'), ...reached('back')])).toEqual(new Set(SCREENS))
  })

  it('lead to a request only through who answers, what to know, and whether it is safe', () => {
    for (const needed of ['chosen', 'understood', 'safe'] as const)
      expect(reached('loading', [needed, 'found']).has('ask'), needed).toBe(false)
    expect(reached('loading', ['asked', 'found']).has('wait')).toBe(false)
  })

  it('leave none without a way on', () => {
    for (const screen of SCREENS) expect(ways(screen), screen).not.toEqual([])
  })

  it('refuse what the table does not hold', () => {
    expect(() => screenNext('who', 'asked')).toThrow(NoSuchStep)
    expect(() => screenNext('wait', 'step-back')).toThrow(NoSuchStep)
  })

  it('never skip a step on the way back', () => {
    expect(screenNext(screenNext('before', 'understood'), 'step-back')).toBe('before')
    expect(screenNext(screenNext('safe', 'safe'), 'step-back')).toBe('safe')
    expect(screenNext(screenNext('safe', 'not-safe'), 'step-back')).toBe('safe')
  })
})

describe('a phase of the line', () => {
  it('only ever means something that the table holds', () => {
    for (const screen of SCREENS)
      for (const phase of PHASES) {
        const means = phaseMeans(screen, phase)
        if (means !== null) expect(() => screenNext(screen, means)).not.toThrow()
      }
  })

  it('shows the queue again when the advocate was lost', () => {
    expect(phaseMeans('talk', 'waiting')).toBe('waits-again')
  })

  it('leaves what was said on the screen when the conversation closes', () => {
    expect(phaseMeans('talk', 'closed')).toBeNull()
    expect(phaseMeans('wait', 'closed')).toBe('over')
  })

  it('does not leave the conversation while its keys are on their way again', () => {
    expect(phaseMeans('talk', 'joining')).toBeNull()
  })
})
