import { describe, expect, it } from 'vitest'
import { concat, randomBytes, u32 } from '../../src/net/bytes'
import type { Bytes } from '../../src/net/bytes'
import type { Fetch } from '../../src/net/http'
import type { Envelope, ServerFrame } from '../../src/net/frames'
import { pad, unpad } from '../../src/net/padding'
import { SeatLink } from '../../src/net/relay'
import type { Absent, Disorder, LinkState } from '../../src/net/relay'
import { exchangeTransport, socketTransport } from '../../src/net/transport'
import { FakeRelay } from '../support/fake_relay'
import { choices } from '../support/random'
import { settled, until, VirtualTime } from '../support/virtual_time'

interface Reading {
  link: SeatLink
  read: string[]
  gone: Absent[]
  states: LinkState[]
  disorder: Disorder[]
  failures: unknown[]
}

function linkTo(
  relay: FakeRelay,
  time: VirtualTime,
  token: Bytes,
  slow: () => Promise<void> = async () => undefined,
  fetch: Fetch = relay.fetch,
): Reading {
  const reading: Omit<Reading, 'link'> = { read: [], gone: [], states: [], disorder: [], failures: [] }
  const link = new SeatLink(
    {
      token,
      after: 0,
      socket: socketTransport('wss://test/api/v1/relay', relay.socket),
      exchange: exchangeTransport('/api/v1/relay/exchange', fetch, time),
      time,
      random: () => 0.5,
    },
    {
      ready: () => undefined,
      envelope: async (envelope: Envelope) => {
        await slow()
        reading.read.push(envelope.mine === null ? new TextDecoder().decode(unpad(envelope.body!)) : 'mine')
      },
      gone: (range) => void reading.gone.push(range),
      state: (state) => void reading.states.push(state),
      disorder: (how) => void reading.disorder.push(how),
      failed: (error) => void reading.failures.push(error),
    },
  )
  return { link, ...reading }
}

const append = (text: string, clientId = randomBytes(16)) =>
  ({ type: 'append', clientId, kind: 1, epoch: 0, ttl: 3600, body: pad(new TextEncoder().encode(text)) }) as const

async function two(): Promise<{ time: VirtualTime; relay: FakeRelay; a: Reading; b: Reading }> {
  const time = new VirtualTime()
  const relay = new FakeRelay(time)
  const tokens = [randomBytes(32), randomBytes(32)] as const
  for (const token of tokens) relay.openSeat(token)
  return { time, relay, a: linkTo(relay, time, tokens[0]), b: linkTo(relay, time, tokens[1]) }
}

describe('a seat connection', () => {
  it('delivers in order and acknowledges only what was processed', async () => {
    const { relay, a, b } = await two()
    a.link.start()
    b.link.start()
    const answers = await Promise.all(['one', 'two', 'three'].map((text) => a.link.act(append(text))))
    expect(answers.map((answer) => answer.sequence)).toEqual([1, 2, 3])
    await until(() => b.read.length === 3 && relay.conversation.seats[1]!.cursor === 3)
    expect(b.read).toEqual(['one', 'two', 'three'])
    expect(a.read).toEqual(['mine', 'mine', 'mine'])
  })

  it('does not acknowledge what its handler refused, and says that it failed', async () => {
    const { relay, a, b } = await two()
    const broken = linkTo(relay, new VirtualTime(), randomBytes(32))
    expect(broken.states).toEqual([])
    a.link.start()
    await a.link.act(append('one'))
    b.read.push = () => {
      throw new Error('disk full')
    }
    b.link.start()
    await until(() => b.failures.length === 1)
    expect(relay.conversation.seats[1]!.cursor).toBe(0)
    expect(b.states.at(-1)).toBe('stopped')
  })

  it('sends an unanswered act again under the same client id, and the log holds it once', async () => {
    const { time, relay, a, b } = await two()
    let swallowed = 0
    relay.tamper = (frame) => (frame.type === 'answer' && swallowed++ === 0 ? [] : [frame])
    a.link.start()
    b.link.start()
    const answer = a.link.act(append('once'))
    await until(() => swallowed === 1)
    relay.cut()
    await time.advance(2000)
    expect((await answer).sequence).toBe(1)
    await until(() => b.read.length === 1)
    expect(relay.conversation.head).toBe(1)
  })

  it('acknowledges no own envelope whose answer it has not heard, so that the server still knows it', async () => {
    const { relay, a } = await two()
    relay.tamper = (frame) => (frame.type === 'answer' ? [] : [frame])
    a.link.start()
    void a.link.act(append('one')).catch(() => undefined)
    await until(() => a.read.length === 1)
    await settled()
    expect(relay.conversation.seats[0]!.cursor).toBe(0)
    a.link.stop()
  })

  it('gives a connection up that leaves an act unanswered for long', async () => {
    const { time, relay, a } = await two()
    let deaf = true
    relay.tamper = (frame) => (frame.type === 'answer' && deaf ? [] : [frame])
    a.link.start()
    const answer = a.link.act(append('one'))
    await until(() => a.read.length === 1)
    deaf = false
    await time.advance(25_000)
    expect((await answer).sequence).toBe(1)
  })

  it('tries an act again that was refused for now, and hands on what is refused for good', async () => {
    const { time, relay, a } = await two()
    relay.busy = 2
    a.link.start()
    const answer = a.link.act(append('one'))
    await until(() => relay.busy === 1)
    await time.advance(250)
    await until(() => relay.busy === 0)
    await time.advance(250)
    expect((await answer).sequence).toBe(1)
    await expect(a.link.act({ ...append('late'), epoch: 9 })).rejects.toMatchObject({ code: 'relay.stale_epoch' })
  })

  it('goes over plain HTTPS where sockets do not get through, with the same promises', async () => {
    const { time, relay, a, b } = await two()
    relay.refuseSockets = true
    a.link.start()
    b.link.start()
    const answer = a.link.act(append('one'))
    await time.advance(3000)
    await until(() => b.read.length === 1)
    expect((await answer).sequence).toBe(1)
    await b.link.act(append('two'))
    await until(() => a.read.length === 2)
    expect(a.read).toEqual(['mine', 'two'])
    relay.refuseSockets = false
    const before = relay.exchanges
    await time.advance(300_000)
    await a.link.act(append('three'))
    await until(() => b.read.length === 3)
    expect(relay.exchanges - before).toBeLessThan(60)
    a.link.stop()
    b.link.stop()
  })

  it('ends where the seat is unknown, and open acts are refused', async () => {
    const { time, relay } = await two()
    const stranger = linkTo(relay, time, randomBytes(32))
    stranger.link.start()
    await expect(stranger.link.act(append('one'))).rejects.toMatchObject({ code: 'relay.no_seat' })
    expect(stranger.states.at(-1)).toBe('ended')
  })

  it('waits longer after each failure, never longer than half a minute', async () => {
    const { time, relay, a } = await two()
    relay.down = true
    a.link.start()
    await time.advance(600_000)
    const attempts = a.states.filter((state) => state === 'connecting').length
    expect(attempts).toBeGreaterThan(20)
    expect(attempts).toBeLessThan(40)
  })
})

describe('a hostile relay is noticed by its numbers', () => {
  async function withLog(tamper: (frame: ServerFrame) => ServerFrame[]): Promise<Reading> {
    const { time, relay, a, b } = await two()
    a.link.start()
    for (const text of ['one', 'two', 'three', 'four']) await a.link.act(append(text))
    relay.tamper = (frame, seat) => (seat === 1 ? tamper(frame) : [frame])
    b.link.start()
    for (let round = 0; round < 50 && b.read.length < 3; round++) await time.advance(1000)
    await until(() => b.read.length >= 3)
    a.link.stop()
    b.link.stop()
    return b
  }
  const numbered = (frame: ServerFrame, sequence: number): boolean =>
    frame.type === 'envelope' && frame.sequence === sequence

  it('when it leaves one out', async () => {
    const b = await withLog((frame) => (numbered(frame, 2) ? [] : [frame]))
    expect(b.read).toEqual(['one', 'three', 'four'])
    expect(b.gone).toEqual([{ type: 'gone', from: 2, to: 2, honest: false }])
    expect(b.disorder).toEqual(['skipped'])
  })

  it('when it sends one twice', async () => {
    const b = await withLog((frame) => (numbered(frame, 2) ? [frame, frame] : [frame]))
    expect(b.read).toEqual(['one', 'two', 'three', 'four'])
    expect(b.disorder).toEqual(['repeated'])
  })

  it('when it turns the order round', async () => {
    let held: ServerFrame | null = null
    const b = await withLog((frame) => {
      if (numbered(frame, 2)) held = frame
      return numbered(frame, 2) ? [] : numbered(frame, 3) && held !== null ? [frame, held] : [frame]
    })
    expect(b.read).toEqual(['one', 'three', 'four'])
    expect(b.disorder).toContain('skipped')
  })

  it('when its log ends before what it had already given', async () => {
    const { time, relay, a } = await two()
    a.link.start()
    await a.link.act(append('one'))
    await until(() => a.read.length === 1)
    relay.tamper = (frame) => (frame.type === 'ready' ? [{ ...frame, head: 0 }] : [frame])
    relay.cut()
    await time.advance(2000)
    await until(() => a.disorder.length > 0)
    expect(a.disorder).toEqual(['rolled_back'])
  })
})

it('gives everybody the same order and every act once: however sends, cuts and lost answers fall', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = choices(seed)
    const { time, relay, a, b } = await two()
    relay.tamper = (frame) => (frame.type === 'answer' && random.chance(0.2) ? [] : [frame])
    const slow = linkTo(relay, time, randomBytes(32), settled)
    expect(slow.read).toEqual([])
    a.link.start()
    b.link.start()
    const sent: Promise<{ sequence: number }>[] = []
    const texts: string[] = []
    for (let step = 0; step < 30; step++) {
      const what = random.below(5)
      const reading = random.pick([a, b])
      if (what <= 2) {
        texts.push(`${seed}:${step}`)
        sent.push(reading.link.act(append(texts.at(-1)!)))
      } else if (what === 3) relay.cut()
      else await time.advance(random.below(2000))
    }
    relay.tamper = (frame) => [frame]
    for (let round = 0; round < 6; round++) await time.advance(30_000)
    const answers = await Promise.all(sent)
    expect(new Set(answers.map((answer) => answer.sequence)).size).toBe(texts.length)
    expect(relay.conversation.head).toBe(texts.length)
    await until(() => a.read.length === texts.length && b.read.length === texts.length)
    const [merged] = [a.read.map((text, index) => (text === 'mine' ? b.read[index] : text))]
    expect([...merged].sort()).toEqual([...texts].sort())
    expect(a.disorder.concat(b.disorder)).toEqual([])
    a.link.stop()
    b.link.stop()
  }
})

it('asks calmly where something on the way does not let an exchange wait', async () => {
  const { time, relay } = await two()
  relay.refuseSockets = true
  const token = randomBytes(32)
  relay.openSeat(token)
  const impatient = (url: string, init: RequestInit): Promise<Response> =>
    relay.fetch(url.replace('wait=25', 'wait=0'), init)
  const reading = linkTo(relay, time, token, undefined, impatient)
  reading.link.start()
  await time.advance(5_000)
  const before = relay.exchanges
  await time.advance(10_000)
  expect(relay.exchanges - before).toBeLessThanOrEqual(11)
  const answer = reading.link.act(append('at once'))
  await until(() => relay.conversation.head === 1)
  expect((await answer).sequence).toBe(1)
  reading.link.stop()
})

it('refuses an exchange whose row of frames is cut', async () => {
  const { time, relay, a } = await two()
  relay.refuseSockets = true
  const honest = relay.fetch
  const cut = async (url: string, init: RequestInit): Promise<Response> => {
    const whole = new Uint8Array(await (await honest(url, init)).arrayBuffer())
    return new Response(concat(whole, u32(9)), { status: 200 })
  }
  const link = new SeatLink(
    {
      token: randomBytes(32),
      after: 0,
      socket: socketTransport('wss://test', relay.socket),
      exchange: exchangeTransport('/x', cut, time),
      time,
      random: () => 0.5,
    },
    {
      ready: () => undefined,
      envelope: () => undefined,
      gone: () => undefined,
      state: (state) => a.states.push(state),
      disorder: () => undefined,
      failed: () => undefined,
    },
  )
  link.start()
  await time.advance(5000)
  expect(a.states).not.toContain('online')
  link.stop()
})
