/**
 * An advocate's side without our engine: claims, makes a group and says whatever a test wants, true or not. Its browser may be somebody
 * else's program, or its organisation another than the one that the survivor asked.
 */

import { createGroup } from '../../src/e2ee'
import type { MemberPolicy, PendingCommit, SecureGroup } from '../../src/e2ee'
import { memberOf } from '../../src/e2ee/identity'
import { staffKeys } from '../../src/e2ee/staff'
import { b64Decode, randomBytes, sha256, b64Encode } from '../../src/net/bytes'
import type { Bytes } from '../../src/net/bytes'
import { pad } from '../../src/net/padding'
import { SeatLink } from '../../src/net/relay'
import type { Staff } from './organisation'
import type { Stage } from './talk'

/** Lets everybody in. */
const ANYBODY: MemberPolicy = { admit: (leaf) => memberOf(leaf) }

export class RawAdvocate {
  readonly group: SecureGroup
  readonly #link: SeatLink
  #epoch = 0
  #sent = 0

  private constructor(group: SecureGroup, link: SeatLink) {
    this.group = group
    this.#link = link
  }

  /** Claims the only request and opens its seat; `others` are taken in with the person. */
  static async claim(stage: Stage, staff: Staff, others: readonly Bytes[] = []): Promise<RawAdvocate> {
    const { hotline, time } = stage
    const token = randomBytes(32)
    const claimed = await hotline.staffCalls.claim(hotline.request.id, '', b64Encode(await sha256(token)))
    const me = staffKeys(staff.device, staff.certificates)
    const group = await createGroup({ me, policy: ANYBODY, now: time.seconds })
    const { socket, exchange, random } = stage.ways()
    const nothing = (): void => undefined
    const link = new SeatLink(
      { token, after: 0, socket, exchange, time, random },
      { ready: nothing, envelope: nothing, gone: nothing, state: nothing, disorder: nothing, failed: nothing },
    )
    link.start()
    const advocate = new RawAdvocate(group, link)
    const person = b64Decode(claimed.package) as Bytes
    await advocate.change(await group.add([person, ...others]), [b64Decode(claimed.seat) as Bytes])
    await hotline.staffCalls.talking(claimed.id)
    return advocate
  }

  async change(pending: PendingCommit, opens: Bytes[] = []): Promise<void> {
    const welcome = pending.welcome === null ? new Uint8Array() : pad(pending.welcome)
    const commit = pad(pending.commit)
    const clientId = randomBytes(16)
    await this.#link.act({ type: 'change', clientId, epoch: this.#epoch, opens, ends: [], commit, welcome })
    await pending.accept()
    this.#epoch += 1
  }

  /** Says something; `fields` over what an honest client would have said. */
  async say(fields: Record<string, unknown>): Promise<void> {
    this.#sent += 1
    const honest = { v: 1, n: this.#sent, seen: [], list: 1, type: 'seen' }
    await this.sayBytes(new TextEncoder().encode(JSON.stringify({ ...honest, ...fields })))
  }

  async sayBytes(content: Bytes): Promise<void> {
    await this.append(1, await this.group.encrypt(content))
  }

  async append(kind: number, content: Bytes): Promise<void> {
    const clientId = randomBytes(16)
    await this.#link.act({ type: 'append', clientId, kind, epoch: this.#epoch, ttl: 86_400, body: pad(content) })
  }

  text(text: string): Promise<void> {
    return this.say({ type: 'text', id: b64Encode(randomBytes(16)), text, timer: 3_600, once: false })
  }
}
