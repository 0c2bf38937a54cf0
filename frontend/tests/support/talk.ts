/** Two people, or more, who talk over a relay and a hotline in memory with real encryption: the stage of the tests in conversation/. */

import { vi } from 'vitest'
import { AdvocateTalk } from '../../src/conversation/advocate'
import type { ClaimOptions } from '../../src/conversation/advocate'
import type { Conversation, Relay } from '../../src/conversation/engine'
import { SurvivorLine } from '../../src/conversation/survivor'
import type { Ask, ReturnKeys } from '../../src/conversation/survivor'
import { TrustWatch } from '../../src/conversation/trust'
import { verifyTrust } from '../../src/e2ee'
import type { Pin, Trust, TrustBundle } from '../../src/e2ee'
import { placeOpen, placeSeal } from '../../src/e2ee/words'
import { randomBytes } from '../../src/net/bytes'
import type { Bytes } from '../../src/net/bytes'
import { Rest } from '../../src/net/rest'
import { exchangeTransport, socketTransport } from '../../src/net/transport'
import { FakeHotline } from './fake_hotline'
import { FakeRelay } from './fake_relay'
import type { FakeConversation } from './fake_relay'
import { Organisation } from './organisation'
import type { Staff } from './organisation'
import { RawAdvocate } from './raw_advocate'
import { settled, until, VirtualTime } from './virtual_time'

export const ASK: Ask = {
  language: 'en',
  level: 'soon',
  topics: [],
  region: '',
  text: 'Something does not feel right.',
}

export class Stage {
  readonly time = new VirtualTime()
  readonly relay = new FakeRelay(this.time)
  readonly organisation: Organisation
  readonly hotline: FakeHotline
  readonly rest: Rest

  private constructor(organisation: Organisation) {
    // The MLS library looks at `Date` itself.
    vi.useFakeTimers({ toFake: ['Date'], now: this.time.now() })
    this.time.moved = (now) => vi.setSystemTime(now)
    this.organisation = organisation
    this.hotline = new FakeHotline(this.time, this.relay, organisation)
    this.rest = new Rest(this.hotline.fetch)
  }

  static async make(): Promise<Stage> {
    // The organisation's clock is the stage's; the stage exists only after it.
    let now = (): number => 1_790_000_000
    const stage = new Stage(await Organisation.make(() => now()))
    now = stage.time.seconds
    return stage
  }

  /** What `browserRelay()` is in a browser. */
  ways(): Relay {
    return {
      socket: socketTransport('wss://test/api/v1/relay', this.relay.socket),
      exchange: exchangeTransport('/api/v1/relay/exchange', this.relay.fetch, this.time),
      time: this.time,
      random: () => 0.5,
    }
  }

  get parts(): { rest: Rest; relay: Relay } {
    return { rest: this.rest, relay: this.ways() }
  }

  trustOpen(pin: Pin = null): Promise<TrustWatch> {
    return TrustWatch.open({ rest: this.rest, time: this.time, slug: this.organisation.slug, pin })
  }

  /** Asks, and waits until the server has it. */
  async ask(ask: Partial<Ask> = {}): Promise<SurvivorLine> {
    const line = SurvivorLine.ask({ ...this.parts, trust: await this.trustOpen() }, { ...ASK, ...ask })
    await until(() => line.state.phase === 'waiting', 'the request')
    return line
  }

  async trust(bundle: TrustBundle = this.organisation.bundle()): Promise<Trust> {
    return verifyTrust(bundle, { slug: this.organisation.slug, pin: null, lastList: null, now: this.time.seconds() })
  }

  /** A console of this member of staff. */
  async console(staff: Staff): Promise<Console> {
    return new Console(this, staff, await this.trust())
  }

  /** The conversation of the only request that was claimed so far. */
  get log(): FakeConversation {
    return this.relay.conversations[1]!
  }

  /** Asks, is claimed, and both are in the conversation. */
  async talk(): Promise<{
    line: SurvivorLine
    talk: AdvocateTalk
    survivor: Conversation
    advocate: Conversation
    console: Console
  }> {
    const line = await this.ask()
    const console = await this.console(await this.organisation.staff('Ana'))
    const talk = await console.claim()
    await until(() => line.state.phase === 'talking', 'the conversation')
    await this.quiet()
    return { line, talk, survivor: line.state.conversation!, advocate: talk.conversation, console }
  }

  /** As `talk`, with an advocate that need not be honest. */
  async rawTalk(): Promise<{ line: SurvivorLine; survivor: Conversation; advocate: RawAdvocate }> {
    const line = await this.ask()
    const advocate = await RawAdvocate.claim(this, await this.organisation.staff('Ana'))
    await until(() => line.state.phase === 'talking', 'the conversation')
    await this.quiet()
    return { line, survivor: line.state.conversation!, advocate }
  }

  /** Lets hellos and receipts go out. */
  async quiet(): Promise<void> {
    for (let round = 0; round < 3; round++) await this.time.advance(1_500)
    await settled()
  }
}

export class Console {
  readonly #stage: Stage
  readonly staff: Staff
  trust: Trust

  constructor(stage: Stage, staff: Staff, trust: Trust) {
    this.#stage = stage
    this.staff = staff
    this.trust = trust
  }

  /** Claims the only request. */
  claim(other: Partial<ClaimOptions> = {}): Promise<AdvocateTalk> {
    const { hotline, organisation } = this.#stage
    return AdvocateTalk.claim({
      calls: hotline.staffCalls,
      relay: this.#stage.ways(),
      request: hotline.request.id,
      trust: () => this.trust,
      device: this.staff.device,
      certificates: this.staff.certificates,
      intakeKey: organisation.intakePrivate,
      timer: 3_600,
      ...other,
    })
  }
}

/** Return words without the words, and without the seconds that they are stretched for. */
export function returnKeys(): ReturnKeys {
  const key = randomBytes(32)
  const seal = (content: Bytes): Promise<Bytes> => placeSeal(key, content)
  return { id: randomBytes(16), token: randomBytes(32), seal, open: (sealed) => placeOpen(key, sealed) }
}

export const texts = ({ state }: Conversation): string[] => state.messages.map(({ text }) => text)
export const states = ({ state }: Conversation): [string, string][] =>
  state.messages.map((message) => [message.text, message.state])
export const kinds = ({ state }: Conversation): string[] => state.notices.map(({ kind }) => kind)
