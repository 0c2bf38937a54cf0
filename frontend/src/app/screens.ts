/**
 * Which screen a visit shows, as one table. A pair that is not in it is refused.
 *
 * Nothing that a person said leaves the device before `asked`; from every screen before that the way back leads to the arrival page.
 */

import type { Phase } from '../conversation/survivor'

export type Screen =
  | 'loading' // the organisations are being fetched
  | 'unreachable'
  | 'nobody' // no organisation answers here
  | 'who' // who answers, and how that is known
  | 'before' // what to know before anything is sent
  | 'safe' // is it safe to talk?
  | 'later' // it is not: ways out
  | 'ask'
  | 'wait'
  | 'talk'
  | 'ended'
  | 'back' // return words, or what was kept on this device

export type Happening =
  | 'organisations'
  | 'no-organisations'
  | 'no-answer'
  | 'again'
  | 'chosen'
  | 'understood'
  | 'safe'
  | 'not-safe'
  | 'asked'
  | 'found' // return words, or the phrase, opened the way back
  | 'joined'
  | 'waits-again' // the advocate was lost; the request is in the queue again
  | 'over'
  | 'step-back'

const NEXT: Record<Screen, Partial<Record<Happening, Screen>>> = {
  loading: { organisations: 'who', 'no-organisations': 'nobody', 'no-answer': 'unreachable' },
  unreachable: { again: 'loading' },
  nobody: { again: 'loading' },
  who: { chosen: 'before' },
  before: { understood: 'safe', 'step-back': 'who' },
  safe: { safe: 'ask', 'not-safe': 'later', 'step-back': 'before' },
  later: { 'step-back': 'safe' },
  ask: { asked: 'wait', 'step-back': 'safe' },
  wait: { joined: 'talk', over: 'ended' },
  talk: { 'waits-again': 'wait', over: 'ended' },
  ended: { again: 'loading' },
  back: { found: 'wait', again: 'loading' },
}

/** A pair that the table does not hold: a defect of the caller, never of a person. */
export class NoSuchStep extends Error {
  override name = 'NoSuchStep'
}

/** The screen after something happened. Throws `NoSuchStep`. */
export function screenNext(screen: Screen, happening: Happening): Screen {
  const next = NEXT[screen][happening]
  if (next === undefined) throw new NoSuchStep(`${screen} + ${happening}`)
  return next
}

/** What a phase of the line means on this screen; null: nothing. What was said in a conversation that ended stays until the person goes on. */
export function phaseMeans(screen: Screen, phase: Phase): Happening | null {
  if (screen === 'wait' && phase === 'talking') return 'joined'
  if (screen === 'wait' && phase === 'closed') return 'over'
  if (screen === 'talk' && (phase === 'waiting' || phase === 'claimed')) return 'waits-again'
  return null
}
