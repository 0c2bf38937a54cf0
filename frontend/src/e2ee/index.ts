/**
 * The public surface of end-to-end encryption, but for what loads only when needed: words.ts, container.ts and lock.ts are
 * imported by their own names.
 */

export * from './types'
export { createGroup, joinGroup, restoreGroup } from './group'
export { keyPackageFor, keyPackageImport, keyPackageLeaf, pseudonymKeyPackage } from './keypackage'
export { fingerprintGroups, fingerprintRead, fingerprintText, rootFingerprint, verifyTrust } from './trust'
export type { Pin, Trust, TrustBundle, VerifyTrust } from './trust'
export * from './note'
export { rejoinKeys, signRejoin, verifyRejoin } from './rejoin'
export { NOTE_BUCKETS, pad, unpad } from './padding'
