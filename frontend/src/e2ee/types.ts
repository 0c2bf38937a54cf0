/**
 * The seams of this folder, the only one that touches a key. Nothing here names the library behind it, so that another
 * RFC 9420 implementation on the same wire format can take its place (docs/adr/0005).
 */

import type { Bytes } from '../net/bytes'

export type { Bytes }

/** Whole seconds since 1970; injected everywhere, so that tests own the time. */
export type Clock = () => number

export type Role = 'advocate' | 'supervisor'

/** Somebody whom the organisation vouches for. The certificate's chain was checked before one of these exists. */
export interface StaffIdentity {
  readonly kind: 'staff'
  readonly organisation: string
  readonly deviceId: Bytes
  readonly signingDeviceId: Bytes
  readonly name: string
  readonly role: Role
  /** Seconds: when the earlier of the two certificates ends. */
  readonly notAfter: number
}

/** Anybody else: 16 random bytes that mean nothing outside this conversation. */
export interface PseudonymIdentity {
  readonly kind: 'pseudonym'
  readonly id: Bytes
}

/** What stands in a leaf of the group's tree. */
export interface Leaf {
  /** The basic credential's identity (docs/protocol.md §6). */
  readonly identity: Bytes
  /** Ed25519 public key, 32 bytes. */
  readonly signatureKey: Bytes
}

export interface Member {
  readonly identity: StaffIdentity | PseudonymIdentity
  readonly signatureKey: Bytes
  /** b64 of the first 16 bytes of SHA-256(signatureKey): how `seen` and this interface name a member. */
  readonly mark: string
}

/**
 * Why a signed object, a certificate chain or a member is not believed. The words up to `content` are the codes of
 * tests/vectors/trust.json (there `trust.` comes before them), the same in every client.
 */
export type UntrustedReason =
  /** The bytes are not such an object. */
  | 'malformed'
  /** A signature key of small order or not in canonical form: signatures by it prove nothing. */
  | 'key'
  | 'signature'
  | 'organisation'
  | 'issuer'
  /** Valid for longer than its kind may be. */
  | 'lifetime'
  /** Not valid yet, or not any more. */
  | 'time'
  | 'revoked'
  | 'list_stale'
  | 'list_older'
  | 'counter'
  /** It vouches for another key or key package than the one that came with it. */
  | 'content'
  /** The root is not the pinned one, and no rotation leads from the pinned one to it. */
  | 'root'
  /** Neither certified staff nor a pseudonym that was named. */
  | 'stranger'

export class Untrusted extends Error {
  override name = 'Untrusted'
  readonly reason: UntrustedReason
  constructor(reason: UntrustedReason) {
    super(reason)
    this.reason = reason
  }
}

export type UnprocessableReason =
  /** Not an MLS message of ours, or one of a kind that this protocol does not use. */
  | 'malformed'
  | 'wrong_group'
  /** Of an epoch that is over. */
  | 'old_epoch'
  /** Of an epoch that was not reached: a commit is missing. */
  | 'future_epoch'
  /** This generation was used already: a repetition, or it came after a later one. */
  | 'replay'
  /** Further ahead than the bounded ratchet goes: too much is missing. */
  | 'gap'
  /** The sender is no longer believed (revoked, expired, a stale list); `untrusted` says why. */
  | 'untrusted'
  /** A commit would add or put in place somebody whom the policy refuses; `untrusted` says why. */
  | 'ghost'
  /** A commit holds something that this protocol does not use (a PSK, an extension, a re-initialisation …). */
  | 'not_allowed'
  | 'undecryptable'
  /** This device was removed, or `close()` was called. */
  | 'ended'

/** A message was refused. The group's state is what it was before. */
export class Unprocessable extends Error {
  override name = 'Unprocessable'
  readonly reason: UnprocessableReason
  readonly untrusted: UntrustedReason | null
  constructor(reason: UnprocessableReason, untrusted: UntrustedReason | null = null) {
    super(untrusted === null ? reason : `${reason}: ${untrusted}`)
    this.reason = reason
    this.untrusted = untrusted
  }
}

/** Who may be in the group. Asked for every leaf at a join and for each that a commit brings, for every sender, and for every member before each encryption. */
export interface MemberPolicy {
  /** The member behind a leaf. Throws `Untrusted`. */
  admit(leaf: Leaf): Promise<Member>
}

export type Processed =
  | {
      readonly kind: 'application'
      readonly sender: Member
      readonly content: Bytes
      /** How many earlier messages of this sender never came. Their keys are gone. */
      readonly skipped: number
    }
  | {
      readonly kind: 'commit'
      readonly by: Member
      readonly added: readonly Member[]
      readonly removed: readonly Member[]
      /** This device is out: the group can neither read nor write any more. */
      readonly removedMe: boolean
    }

/** A change of the group that the server has not accepted yet. The group stays in its old epoch until `accept()`. */
export interface PendingCommit {
  readonly commit: Bytes
  readonly welcome: Bytes | null
  readonly added: readonly Member[]
  readonly removed: readonly Member[]
  /** The server answered: move to the new epoch. */
  accept(): Promise<void>
  /** Somebody else won the epoch, or the server refused: forget it. */
  discard(): Promise<void>
}

export interface SecureGroup {
  readonly groupId: Bytes
  readonly epoch: bigint
  /** In the order of the tree. */
  readonly members: readonly Member[]
  readonly me: Member
  /** The commit that waits for the server's answer, also after a restore. At most one. */
  readonly pending: PendingCommit | null
  /**
   * An MLSMessage (PrivateMessage), not padded. The state is stored before it is returned. Throws `Untrusted` where the policy
   * no longer admits a member: nothing is said to somebody revoked.
   */
  encrypt(content: Bytes): Promise<Bytes>
  /** Takes the next message of the log, in the server's order. Throws `Unprocessable`; the state is then unchanged. */
  process(message: Bytes): Promise<Processed>
  /** Adds members by their key packages (MLSMessage bytes), and removes others in the same commit (rejoin). */
  add(keyPackages: readonly Bytes[], removeMarks?: readonly string[]): Promise<PendingCommit>
  remove(marks: readonly string[]): Promise<PendingCommit>
  /** Fresh keys for the own leaf; every 24 hours or 100 messages. */
  update(): Promise<PendingCommit>
  /** A newer policy: a newer revocation list, or a pseudonym that may rejoin. */
  usePolicy(policy: MemberPolicy): void
  /** Members whom the policy does not admit now, and why. */
  review(): Promise<readonly { readonly member: Member; readonly reason: UntrustedReason }[]>
  /** Twelve groups of five digits, equal for all who see the same members with the same keys. */
  safetyNumber(): Promise<string>
  /** Overwrites the keys in memory. Everything afterwards throws `Unprocessable('ended')`. */
  close(): void
}

/** Where a group's state is kept. A visit in memory only uses none. */
export interface StateStore {
  save(state: Bytes): Promise<void>
}

/** The leaf of this device together with its private key. */
export interface OwnKeys extends Leaf {
  /** Ed25519 private key (seed), 32 bytes. */
  readonly signaturePrivateKey: Bytes
}

/** A key package with its private half; single use. */
export interface OwnKeyPackage extends Leaf {
  /** MLSMessage (KeyPackage). */
  readonly message: Bytes
  /** SHA-256 of `message`, as the note and the rejoin name it. */
  readonly hash: Bytes
  /** Everything, private keys too, for a sealed place. Throws once it was used. */
  export(): Bytes
  /** Overwrites the private keys. */
  wipe(): void
}

export interface CreateGroup {
  readonly me: OwnKeys
  readonly policy: MemberPolicy
  readonly store?: StateStore
  readonly now?: Clock
}

export interface JoinGroup {
  /** MLSMessage (Welcome). */
  readonly welcome: Bytes
  /** Used up by a successful join. */
  readonly keyPackage: OwnKeyPackage
  readonly policy: MemberPolicy
  readonly store?: StateStore
  readonly now?: Clock
}

export interface RestoreGroup {
  /** The last bytes that `store.save` got, from the sealed container: never an older state, never from return words. */
  readonly state: Bytes
  readonly policy: MemberPolicy
  readonly store: StateStore
  readonly now?: Clock
}

/** A sealed box is not for this key or context, or it was changed. Which of them is not told. */
export class Unopenable extends Error {
  override name = 'Unopenable'
}

/** Signing keys of one device, or of one rejoin. */
export interface SigningKeys {
  readonly publicKey: Bytes
  readonly privateKey: Bytes
}

/** X-Wing keys for sealed boxes: 1216 bytes of public key, a 32-byte seed. */
export interface SealingKeys {
  readonly publicKey: Bytes
  readonly privateKey: Bytes
}
