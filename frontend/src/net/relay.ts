/**
 * One seat's connection: says HELLO, hands on what comes strictly in order and one at a time, acknowledges only what was processed, and
 * sends an act again under the same client id until it is answered.
 */

import { b64Encode } from './bytes'
import type { Bytes } from './bytes'
import { Acts } from './acts'
import type { Act } from './acts'
import { Backoff } from './backoff'
import type { Answer, Envelope, Gone, Ready, Refused, ServerFrame, Slot } from './frames'
import { Order } from './order'
import type { Handle, Time } from './time'
import type { CloseReason, OpenTransport, Transport } from './transport'

export type LinkState = 'connecting' | 'online' | 'offline' | 'ended' | 'stopped'
export type Disorder = 'skipped' | 'repeated' | 'rolled_back'

/** Numbers that cannot be read any more. `honest`: the server said so; otherwise it left them out. */
export interface Absent extends Gone {
  honest: boolean
}

/** Each is awaited before the next; what throws stops the link, and its envelope stays unacknowledged. */
export interface SeatHandlers {
  ready(ready: Ready): Promise<void> | void
  envelope(envelope: Envelope): Promise<void> | void
  gone(gone: Absent): Promise<void> | void
  slot?(slot: Slot): Promise<void> | void
  state(state: LinkState): void
  disorder(how: Disorder): void
  failed(error: unknown): void
}

export interface SeatLinkOptions {
  token: Bytes
  /** The highest number that was already processed. */
  after: number
  socket: OpenTransport
  /** The fallback; null: sockets only. */
  exchange: OpenTransport | null
  time: Time
  random: () => number
}

type Item = Ready | Envelope | Absent | Slot

const ANSWER_PATIENCE = 20_000
const SILENCE = 30_000
const SOCKET_ATTEMPTS = 2
const SOCKET_AGAIN = 300_000

export class SeatLink {
  readonly #options: SeatLinkOptions
  readonly #handlers: SeatHandlers
  readonly #acts: Acts
  readonly #order: Order
  readonly #backoff: Backoff
  readonly #queue: Item[] = []
  #transport: Transport | null = null
  #usesExchange = false
  #state: LinkState = 'stopped'
  #ready: Ready | null = null
  #processed: number
  #acknowledged = 0
  #working = false
  #heardAt = 0
  /** With what acts are refused, once it is over. */
  #over: string | null = null
  #retry: Handle | null = null
  #patience: Handle | null = null
  #socketAgain: Handle | null = null

  constructor(options: SeatLinkOptions, handlers: SeatHandlers) {
    this.#options = options
    this.#handlers = handlers
    this.#order = new Order(options.after)
    this.#processed = options.after
    this.#backoff = new Backoff(options.random)
    this.#acts = new Acts(options.time, (act) => this.#put(act))
  }

  /** Everything up to this number was processed. */
  get processed(): number {
    return this.#processed
  }

  start(): void {
    if (this.#state === 'stopped' && this.#over === null) this.#connect()
  }

  /** Closes for good; open acts are rejected with `relay.stopped`. */
  stop(): void {
    this.#end('stopped', 'relay.stopped')
  }

  /**
   * The browser's `online` event, or the page is shown again: tries at once instead of after the back-off, and does not trust a socket
   * that has said nothing for a while, which may have died while the device slept.
   */
  wake(): void {
    const silent = this.#options.time.now() - this.#heardAt >= SILENCE
    if (this.#state === 'online' && silent && !this.#usesExchange) this.#drop()
    if (this.#state !== 'offline') return
    this.#cancelRetry()
    this.#connect()
  }

  /** Sends until answered. Rejects with `ActRefused` where the server refuses it for good, or the link ends. */
  act(act: Act): Promise<Answer> {
    if (this.#over !== null) return this.#acts.refused(this.#over)
    const answer = this.#acts.add(act)
    if (this.#state === 'online') this.#acts.send(b64Encode(act.clientId))
    return answer
  }

  #put(act: Act): void {
    this.#transport?.send(act)
    this.#watchPatience()
  }

  #connect(): void {
    this.#setState('connecting')
    this.#ready = null
    const open = this.#usesExchange ? this.#options.exchange! : this.#options.socket
    let transport: Transport | null = null
    const current = (): boolean => this.#transport === transport
    transport = open(
      { token: this.#options.token, after: () => this.#order.received },
      {
        frame: (frame) => current() && this.#hear(frame),
        closed: (reason, retryAfter) => current() && this.#closed(reason, retryAfter),
      },
    )
    this.#transport = transport
  }

  #hear(frame: ServerFrame): void {
    this.#heardAt = this.#options.time.now()
    switch (frame.type) {
      case 'ready':
        return this.#welcome(frame)
      case 'answer':
        this.#acts.answered(frame)
        this.#watchPatience()
        return this.#acknowledge()
      case 'refusal':
        return this.#refused(frame)
      case 'ended':
        return this.#end('ended', 'relay.no_seat')
      default:
        // Nothing may come before READY.
        if (this.#ready === null) return this.#drop()
        return this.#receive(frame)
    }
  }

  #welcome(ready: Ready): void {
    const first = this.#ready === null
    if (ready.head < this.#order.received) this.#handlers.disorder('rolled_back')
    this.#ready = ready
    this.#acknowledged = Math.max(this.#acknowledged, ready.cursor)
    if (!first) return
    this.#backoff.succeeded()
    this.#enqueue(ready)
    this.#setState('online')
    this.#acts.sendAll()
    this.#acknowledge()
    if (this.#usesExchange) this.#planSocket()
  }

  #receive(frame: Envelope | Gone | Slot): void {
    if (frame.type === 'slot') return this.#enqueue(frame)
    const [from, to] = frame.type === 'gone' ? [frame.from, frame.to] : [frame.sequence, frame.sequence]
    const verdict = this.#order.judge(from, to, this.#ready?.cursor ?? 0)
    if (verdict.kind === 'repeated') return this.#handlers.disorder('repeated')
    if (verdict.kind === 'reread') return this.#drop()
    if (verdict.kind === 'skipped') {
      this.#handlers.disorder('skipped')
      this.#enqueue({ type: 'gone', from: verdict.from, to: verdict.to, honest: false })
    }
    if (frame.type === 'envelope' && frame.mine !== null) this.#acts.returned(frame.mine, frame.sequence)
    if (frame.type === 'envelope') this.#enqueue(frame)
    else this.#enqueue({ type: 'gone', from: verdict.kind === 'next' ? verdict.from : from, to, honest: true })
  }

  #refused(refusal: Refused): void {
    if (this.#acts.refusedBy(refusal)) return this.#watchPatience()
    if (refusal.code === 'relay.no_seat') this.#end('ended', 'relay.no_seat')
  }

  #enqueue(item: Item): void {
    this.#queue.push(item)
    if (!this.#working) void this.#work()
  }

  async #work(): Promise<void> {
    this.#working = true
    try {
      for (let item = this.#queue.shift(); item !== undefined; item = this.#queue.shift()) {
        await this.#process(item)
        if (this.#queue.length === 0) this.#acknowledge()
      }
    } catch (error) {
      this.#queue.length = 0
      this.stop()
      this.#handlers.failed(error)
    } finally {
      this.#working = false
    }
  }

  async #process(item: Item): Promise<void> {
    if (item.type === 'ready') await this.#handlers.ready(item)
    else if (item.type === 'slot') await this.#handlers.slot?.(item)
    else if (item.type === 'envelope') await this.#handlers.envelope(item)
    else await this.#handlers.gone(item)
    if (item.type === 'envelope') this.#processed = item.sequence
    if (item.type === 'gone') this.#processed = item.to
  }

  /** ACK what was processed. An own act is acknowledged only after its ANSWER: until then the server must remember it. */
  #acknowledge(): void {
    const cursor = Math.min(this.#processed, this.#acts.firstUnanswered() - 1)
    if (this.#state !== 'online' || cursor <= this.#acknowledged) return
    this.#acknowledged = cursor
    this.#transport?.send({ type: 'ack', cursor })
  }

  #closed(reason: CloseReason, retryAfter = 0): void {
    if (reason === 'ended' || reason === 'no_seat') return this.#end('ended', 'relay.no_seat')
    const opened = reason === 'lost' && this.#ready !== null
    this.#release()
    const wait = this.#backoff.next(retryAfter)
    if (!opened && this.#options.exchange !== null) {
      this.#usesExchange = this.#usesExchange
        ? this.#backoff.failures % SOCKET_ATTEMPTS !== 0
        : this.#backoff.failures >= SOCKET_ATTEMPTS
    }
    this.#setState('offline')
    this.#retry = this.#options.time.after(wait, () => this.#connect())
  }

  /** Lets the connection go and opens another. */
  #drop(): void {
    const transport = this.#transport
    this.#transport = null
    transport?.close()
    this.#closed('lost')
  }

  #release(): void {
    this.#transport = null
    this.#ready = null
    this.#cancelRetry()
    for (const handle of [this.#patience, this.#socketAgain]) if (handle !== null) this.#options.time.cancel(handle)
    this.#patience = this.#socketAgain = null
    this.#acts.connectionLost()
  }

  #end(state: 'ended' | 'stopped', code: string): void {
    if (this.#over !== null) return
    this.#over = code
    const transport = this.#transport
    this.#release()
    transport?.close()
    this.#setState(state)
    this.#acts.rejectAll(code)
  }

  #cancelRetry(): void {
    if (this.#retry !== null) this.#options.time.cancel(this.#retry)
    this.#retry = null
  }

  /** A connection that leaves an act unanswered for too long is taken for dead. */
  #watchPatience(): void {
    if (this.#patience !== null) this.#options.time.cancel(this.#patience)
    this.#patience = this.#acts.waiting() ? this.#options.time.after(ANSWER_PATIENCE, () => this.#drop()) : null
  }

  #planSocket(): void {
    this.#socketAgain = this.#options.time.after(SOCKET_AGAIN, () => {
      this.#usesExchange = false
      this.#drop()
    })
  }

  #setState(state: LinkState): void {
    if (this.#state === state) return
    this.#state = state
    this.#handlers.state(state)
  }
}
