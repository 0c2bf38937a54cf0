/** How this browser stands in the chain of trust, from what the console verified itself. */

export type Standing =
  | 'none' // no keys yet
  | 'requested' // waits for a supervisor
  | 'certified'
  | 'ending' // certified, but not for long
  | 'ended' // its time is over
  | 'revoked'
  | 'unknown' // nobody can tell: there is no fresh revocation list

/** When a certificate is close enough to its end to speak of it. */
export const ENDING_SOON = 48 * 3600

export interface Known {
  /** Whether this browser holds keys that it asked a certificate for. */
  requested: boolean
  /** The end of the verified certificate, UTC seconds, or null where there is none. */
  notAfter: number | null
  revoked: boolean
  /** It has a certificate, but nothing can be said about it now. */
  unknown: boolean
}

/** `now` are UTC seconds. */
export function standingOf({ requested, notAfter, revoked, unknown }: Known, now: number): Standing {
  if (revoked) return 'revoked'
  if (unknown) return 'unknown'
  if (notAfter === null) return requested ? 'requested' : 'none'
  if (notAfter <= now) return 'ended'
  return notAfter - now <= ENDING_SOON ? 'ending' : 'certified'
}

/** Whether a device that stands so may claim and talk. */
export function mayWork(standing: Standing): boolean {
  return standing === 'certified' || standing === 'ending'
}
