/** The relay of docs/protocol.md §3 in memory, for tests: faithful, or as hostile as a test wants. */

import { createHash } from 'node:crypto'
import { b64Encode, randomBytes } from '../../src/net/bytes'
import type { Bytes } from '../../src/net/bytes'
import { decodeClient, encodeServer, FrameError, packFrames, unpackFrames } from '../../src/net/frames'
import type { ClientFrame, ServerFrame } from '../../src/net/frames'
import type { Time } from '../../src/net/time'
import type { SocketLike } from '../../src/net/transport'

export interface Entry {
  sequence: number
  kind: number
  epoch: number
  clientId: Bytes
  seat: Seat
  body: Bytes
  expires: number
  erased: boolean
}

interface Seat {
  number: number
  address: string
  first: number
  cursor: number
  opener: number
  ended: boolean
  answers: Map<string, { frame: string; answer: ServerFrame }>
  conversation: FakeConversation
}

export class FakeConversation {
  readonly seats: Seat[] = []
  readonly log: Entry[] = []
  epoch = 0

  get head(): number {
    return this.log.length
  }
}

type Refuse = (code: string, retryAfter?: number) => ServerFrame[]

/** What a hostile relay does to each frame on its way to a seat. */
export type Tamper = (frame: ServerFrame, seat: number) => ServerFrame[]

export class FakeRelay {
  /** The one of tests that need no more. */
  readonly conversation = new FakeConversation()
  readonly conversations = [this.conversation]
  readonly #time: Time
  readonly #sockets = new Set<FakeSocket>()
  tamper: Tamper = (frame) => [frame]
  /** Sockets do not get through. */
  refuseSockets = false
  /** Nothing gets through. */
  down = false
  #silenced: number | null = null
  /** How often the next acts are refused as busy. */
  busy = 0
  exchanges = 0

  constructor(time: Time) {
    this.#time = time
  }

  openSeat(token: Bytes, opener = 0): void {
    this.#seatOpen(this.conversation, addressOf(token), this.conversation.head + 1, opener)
  }

  /** A new conversation whose owner's seat has this address. */
  begin(owner: Bytes): FakeConversation {
    const conversation = new FakeConversation()
    this.conversations.push(conversation)
    this.#seatOpen(conversation, b64Encode(owner), 1, 0)
    return conversation
  }

  /** Puts something into a log that nobody sent just now, as if the holder of seat `by` had. */
  forge(conversation: FakeConversation, entry: Pick<Entry, 'kind' | 'body'> & { by: number }): void {
    this.#append(conversation.seats[entry.by]!, entry.kind, randomBytes(16), entry.body)
  }

  /** Ends every seat of a conversation. */
  end(conversation: FakeConversation): void {
    for (const seat of conversation.seats) this.#end(seat)
  }

  /** Cuts off the holder of one seat of every conversation, or (null) nobody any more. */
  silence(seat: number | null): void {
    this.#silenced = seat
    for (const socket of [...this.#sockets]) if (socket.seat?.number === seat) socket.cut(1006)
  }

  admits(seat: Seat): boolean {
    return seat.number !== this.#silenced
  }

  /** Every connection goes dead: nothing more arrives on it, and nobody is told. */
  deafen(): void {
    for (const socket of this.#sockets) socket.dead = true
  }

  /** Cuts every connection; what was on its way is lost. */
  cut(): void {
    for (const socket of [...this.#sockets]) socket.cut(1006)
  }

  readonly socket = (): SocketLike => new FakeSocket(this)

  /** The exchange of plain HTTPS. */
  readonly fetch = async (_url: string, init: RequestInit): Promise<Response> => {
    await tick()
    if (this.down) throw new TypeError('unreachable')
    this.exchanges += 1
    const frames = unpackFrames(new Uint8Array(init.body as Bytes)).map(decodeClient)
    const hello = frames[0]
    if (hello?.type !== 'hello') return new Response(null, { status: 400 })
    const seat = this.seatOf(hello.token)
    if (seat === null) return new Response(null, { status: 404 })
    if (!this.admits(seat)) throw new TypeError('unreachable')
    const answers = frames.slice(1).flatMap((frame) => this.act(seat, frame))
    const waits = frames.length === 1 && /wait=25/.test(_url)
    if (waits && seat.conversation.head <= hello.after) await this.#something(seat, hello.after, init.signal ?? null)
    const all = [this.readyFor(seat), ...answers, ...this.readFor(seat, hello.after)].flatMap((frame) =>
      this.tamper(frame, seat.number),
    )
    return new Response(packFrames(all.map(encodeServer)), { status: 200 })
  }

  async #something(seat: Seat, after: number, signal: AbortSignal | null): Promise<void> {
    const start = this.#time.now()
    while (seat.conversation.head <= after && !seat.ended && this.#time.now() < start + 25_000) {
      if (signal?.aborted === true) throw new DOMException('aborted', 'AbortError')
      await tick()
    }
  }

  attach(socket: FakeSocket): void {
    this.#sockets.add(socket)
  }

  detach(socket: FakeSocket): void {
    this.#sockets.delete(socket)
  }

  seatOf(token: Bytes): Seat | null {
    const address = addressOf(token)
    const seats = this.conversations.flatMap((conversation) => conversation.seats)
    return seats.find((seat) => seat.address === address && !seat.ended) ?? null
  }

  readyFor(seat: Seat): ServerFrame {
    const { head, epoch } = seat.conversation
    return { type: 'ready', seat: seat.number, cursor: seat.cursor, head, epoch, time: this.#time.now() }
  }

  readFor(seat: Seat, after: number): ServerFrame[] {
    this.#expire(seat.conversation)
    return seat.conversation.log.slice(Math.max(after, seat.first - 1)).map((entry) => show(entry, seat))
  }

  act(seat: Seat, frame: ClientFrame): ServerFrame[] {
    if (frame.type === 'hello') return []
    if (frame.type === 'ack') {
      if (frame.cursor <= seat.conversation.head) seat.cursor = Math.max(seat.cursor, frame.cursor)
      this.#expire(seat.conversation)
      return []
    }
    const { clientId } = frame
    const refuse: Refuse = (code, retryAfter = 0) => [{ type: 'refusal', clientId, retryAfter, code }]
    if (seat.ended) return refuse('relay.no_seat')
    if (this.busy > 0) {
      this.busy -= 1
      return refuse('relay.busy', 200)
    }
    const before = seat.answers.get(b64Encode(clientId))
    const written = JSON.stringify(frame, (_key, value: unknown) =>
      value instanceof Uint8Array ? b64Encode(value) : value,
    )
    if (before !== undefined) return before.frame === written ? [before.answer] : refuse('relay.client_id_reused')
    const answers = this.#apply(seat, frame, refuse)
    const answer = answers.find((candidate) => candidate.type === 'answer')
    if (answer !== undefined) seat.answers.set(b64Encode(clientId), { frame: written, answer })
    return answers
  }

  #apply(seat: Seat, frame: Exclude<ClientFrame, { type: 'hello' | 'ack' }>, refuse: Refuse): ServerFrame[] {
    const { conversation } = seat
    const { clientId } = frame
    if ('epoch' in frame && frame.epoch !== conversation.epoch) return refuse('relay.stale_epoch')
    let [sequence, extra] = [conversation.head, 0]
    if (frame.type === 'append') {
      sequence = this.#append(seat, frame.kind, clientId, frame.body, frame.ttl)
    } else if (frame.type === 'change') {
      sequence = this.#append(seat, 2, clientId, frame.commit)
      if (frame.welcome.length > 0) this.#append(seat, 3, clientId, frame.welcome)
      extra = conversation.seats.length
      for (const address of frame.opens) this.#seatOpen(conversation, b64Encode(address), sequence, seat.number)
      for (const number of frame.ends) this.#end(conversation.seats[number]!)
      conversation.epoch += 1
    } else if (frame.type === 'burn') {
      for (const entry of conversation.log) if (entry.kind === 1 && entry.sequence <= frame.upTo) entry.erased = true
    } else if (frame.type === 'leave') {
      this.#end(seat)
    }
    return [{ type: 'answer', clientId, sequence, extra }]
  }

  #append(seat: Seat, kind: number, clientId: Bytes, body: Bytes, ttl = 14 * 86_400): number {
    const { conversation } = seat
    const sequence = conversation.head + 1
    const expires = this.#time.now() + ttl * 1000
    const entry: Entry = { sequence, kind, epoch: conversation.epoch, clientId, seat, body, expires, erased: false }
    conversation.log.push(entry)
    for (const socket of this.#sockets) {
      if (socket.seat?.conversation === conversation) socket.hand(show(entry, socket.seat))
    }
    return sequence
  }

  #seatOpen(conversation: FakeConversation, address: string, first: number, opener: number): void {
    const { seats } = conversation
    const number = seats.length
    seats.push({ number, address, first, cursor: first - 1, opener, ended: false, answers: new Map(), conversation })
  }

  #end(seat: Seat): void {
    seat.ended = true
    for (const socket of [...this.#sockets]) {
      if (socket.seat !== seat) continue
      socket.hand({ type: 'ended' })
      socket.cut(4001)
    }
  }

  /** Hides what has expired and what every living seat has acknowledged. */
  #expire(conversation: FakeConversation): void {
    const cursors = conversation.seats.filter((seat) => !seat.ended).map((seat) => seat.cursor)
    const all = Math.min(...cursors)
    for (const entry of conversation.log) {
      if (entry.expires <= this.#time.now() || entry.sequence <= all) entry.erased = true
    }
  }
}

const addressOf = (token: Bytes): string => b64Encode(createHash('sha256').update(token).digest())

function show(entry: Entry, seat: Seat): ServerFrame {
  const { sequence, kind, epoch } = entry
  if (entry.erased) return { type: 'gone', from: sequence, to: sequence }
  const mine = entry.seat === seat ? entry.clientId : null
  return { type: 'envelope', sequence, kind, epoch, mine, body: mine === null ? entry.body : null }
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

class FakeSocket implements SocketLike {
  binaryType = ''
  onopen: SocketLike['onopen'] = null
  onmessage: SocketLike['onmessage'] = null
  onclose: SocketLike['onclose'] = null
  onerror: SocketLike['onerror'] = null
  seat: Seat | null = null
  dead = false
  readonly #relay: FakeRelay
  #outgoing: ServerFrame[] = []
  #incoming: Bytes[] = []
  #working = false
  #closed = false

  constructor(relay: FakeRelay) {
    this.#relay = relay
    void tick().then(() => {
      if (relay.refuseSockets || relay.down) return this.cut(1006)
      relay.attach(this)
      this.onopen?.(undefined as never)
    })
  }

  send(data: Bytes): void {
    if (this.#closed || this.dead) return
    this.#incoming.push(data.slice())
    if (!this.#working) void this.#work()
  }

  close(): void {
    this.#closed = true
    this.#relay.detach(this)
  }

  cut(code: number): void {
    if (this.#closed) return
    void tick().then(() => {
      const told = this.onclose
      this.close()
      told?.({ code })
    })
  }

  hand(frame: ServerFrame): void {
    if (this.dead) return
    this.#outgoing.push(frame)
    void tick().then(() => this.#flush())
  }

  #flush(): void {
    for (const frame of this.#outgoing.splice(0)) {
      for (const altered of this.seat === null ? [frame] : this.#relay.tamper(frame, this.seat.number)) {
        if (!this.#closed) this.onmessage?.({ data: encodeServer(altered).buffer })
      }
    }
  }

  async #work(): Promise<void> {
    this.#working = true
    for (let raw = this.#incoming.shift(); raw !== undefined; raw = this.#incoming.shift()) {
      await tick()
      if (!this.#closed) this.#handle(raw)
    }
    this.#working = false
  }

  #handle(raw: Bytes): void {
    let frame: ClientFrame
    try {
      frame = decodeClient(raw)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      return this.hand({ type: 'refusal', clientId: new Uint8Array(16), retryAfter: 0, code: error.code })
    }
    if (this.seat !== null) return this.#relay.act(this.seat, frame).forEach((answer) => this.hand(answer))
    if (frame.type !== 'hello') return this.cut(4000)
    const seat = this.#relay.seatOf(frame.token)
    if (seat === null) return this.cut(4004)
    if (!this.#relay.admits(seat)) return this.cut(1006)
    this.hand(this.#relay.readyFor(seat))
    for (const entry of this.#relay.readFor(seat, frame.after)) this.hand(entry)
    this.seat = seat
  }
}
