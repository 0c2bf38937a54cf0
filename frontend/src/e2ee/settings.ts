/** How ts-mls is set. frontend/tests/e2ee/settings.test.ts shows what each value does, and fails with the library's default. */

import type { AuthenticationService, Capabilities, ClientConfig, Lifetime } from 'ts-mls'
import { defaultKeyPackageEqualityConfig } from 'ts-mls/keyPackageEqualityConfig.js'
import { sameBytes } from '../net/bytes'
import { SUITE } from './provider'
import { Untrusted, type Bytes, type MemberPolicy } from './types'

/**
 * No key of a skipped message is kept: whoever steals the state later must not read what was withheld.
 * `retainKeysForEpochs: 0` would keep every epoch for ever; live_group.ts drops the one that 1 leaves. Messages that expired unread are
 * steps to skip, so the bound is above anything that the relay lets one seat write between two update commits.
 */
export const KEY_RETENTION = { retainKeysForGenerations: 0, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 4096 }

const HOUR = 3600
/** A key package may wait as long as a silent seat lives. */
export const KEY_PACKAGE_LIFETIME = 14 * 24 * HOUR
/** What another implementation may ask for at most (docs/protocol.md §6): others make them for a year. */
export const KEY_PACKAGE_LIFETIME_MAX = 366 * 24 * HOUR
/**
 * Whoever adds a member refuses a key package from the future, and a phone's clock may be ahead by days: somebody whom nobody could answer would never know
 * why. A package is used once, so beginning early costs nothing.
 */
const BACKDATED = 7 * 24 * HOUR
const TOLERANCE = 600

export function lifetimeFrom(now: number): Lifetime {
  return { notBefore: BigInt(now - BACKDATED), notAfter: BigInt(now + KEY_PACKAGE_LIFETIME) }
}

/** Throws `Untrusted` for a key package that is not valid now or would be for too long (RFC 9420 §7.2). */
export function lifetimeCheck(lifetime: Lifetime, now: number): void {
  const { notBefore, notAfter } = lifetime
  if (notAfter < notBefore || notAfter - notBefore > BigInt(KEY_PACKAGE_LIFETIME_MAX)) throw new Untrusted('lifetime')
  if (BigInt(now + TOLERANCE) < notBefore || BigInt(now - TOLERANCE) > notAfter) throw new Untrusted('time')
}

/** Exactly what is used. No GREASE: random values would make one client's key packages recognisable. */
export const CAPABILITIES: Capabilities = {
  versions: ['mls10'],
  ciphersuites: [SUITE],
  extensions: [],
  proposals: [],
  credentials: ['basic'],
}

/** Everything that needs a decision of ours is decided by `auth`; lifetimes are checked in keypackage.ts with our own clock. */
export function clientConfig(auth: AuthenticationService): ClientConfig {
  return {
    keyRetentionConfig: KEY_RETENTION,
    lifetimeConfig: { maximumTotalLifetime: BigInt(KEY_PACKAGE_LIFETIME_MAX), validateLifetimeOnReceive: false },
    keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
    // Bodies are padded outside (docs/protocol.md §2); padding twice would only cost room.
    paddingConfig: { kind: 'padUntilLength', padUntilLength: 0 },
    authService: auth,
  }
}

/** ts-mls asks this for every leaf; a refusal leaves as `Untrusted`, through the library. `own` needs nobody's word. */
export function authService(
  own: { signatureKey: Bytes; identity: Bytes },
  policy: () => MemberPolicy,
): AuthenticationService {
  return {
    async validateCredential(credential, signatureKey) {
      if (credential.credentialType !== 'basic') throw new Untrusted('malformed')
      const identity = credential.identity
      if (sameBytes(identity, own.identity) && sameBytes(signatureKey, own.signatureKey)) return true
      await policy().admit({ identity: Uint8Array.from(identity), signatureKey: Uint8Array.from(signatureKey) })
      return true
    },
  }
}
