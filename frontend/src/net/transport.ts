/** The two ways to the relay: a WebSocket, and plain HTTPS exchanges where sockets do not get through (docs/protocol.md §3). */

import type { Bytes } from './bytes'
import { decodeServer, encodeClient, packFrames, unpackFrames } from './frames'
import type { ClientFrame, ServerFrame } from './frames'
import { quietInit, retryAfterOf } from './http'
import type { Fetch } from './http'
import { systemTime } from './time'
import type { Time } from './time'

export const SUBPROTOCOL = 'quietline.v1'
const EXCHANGE_WAIT = 25
/** Exchanges that bring nothing are at least so far apart (ms). */
const EXCHANGE_APART = 1_000

/** Why a connection is over. `failed`: it never opened. */
export type CloseReason = 'failed' | 'lost' | 'no_seat' | 'ended'

export interface TransportEvents {
  frame(frame: ServerFrame): void
  /** Said once; nothing comes after it. `retryAfter` in milliseconds where the server named one. */
  closed(reason: CloseReason, retryAfter?: number): void
}

export interface Transport {
  send(frame: ClientFrame): void
  close(): void
}

/** Opens a connection and says HELLO; `after` is asked again wherever HELLO is said again. */
export type OpenTransport = (seat: { token: Bytes; after: () => number }, events: TransportEvents) => Transport

/** The part of the browser's WebSocket that is used here. */
export interface SocketLike {
  binaryType: string
  onopen: ((event: never) => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
  onerror: ((event: never) => void) | null
  send(data: Bytes): void
  close(): void
}

const CLOSE_CODES: Record<number, CloseReason> = { 4001: 'ended', 4004: 'no_seat' }

/** The socket way. `open` makes the socket: `(url, protocol) => new WebSocket(url, protocol)`. */
export function socketTransport(url: string, open: (url: string, protocol: string) => SocketLike): OpenTransport {
  return (seat, events) => {
    const socket = open(url, SUBPROTOCOL)
    let [opened, over] = [false, false]
    const finish = (reason: CloseReason): void => {
      if (over) return
      over = true
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null
      socket.close()
      events.closed(reason)
    }
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      opened = true
      socket.send(encodeClient({ type: 'hello', token: seat.token, after: seat.after() }))
    }
    socket.onmessage = ({ data }) => {
      const frame = data instanceof ArrayBuffer ? readable(new Uint8Array(data)) : null
      if (frame === null) finish('lost')
      else events.frame(frame)
    }
    socket.onclose = ({ code }) => finish(CLOSE_CODES[code] ?? (opened ? 'lost' : 'failed'))
    socket.onerror = () => finish(opened ? 'lost' : 'failed')
    return {
      send: (frame) => {
        if (opened && !over) socket.send(encodeClient(frame))
      },
      close: () => finish('lost'),
    }
  }
}

function readable(raw: Bytes): ServerFrame | null {
  try {
    return decodeServer(raw)
  } catch {
    return null
  }
}

/** The way of plain HTTPS: one exchange after the other; what is to be sent cuts a waiting one short. */
export function exchangeTransport(path: string, fetch: Fetch, time: Time = systemTime): OpenTransport {
  return (seat, events) => new Exchanges({ path, fetch, time, seat, events })
}

interface ExchangesOptions {
  path: string
  fetch: Fetch
  time: Time
  seat: { token: Bytes; after: () => number }
  events: TransportEvents
}

class Exchanges implements Transport {
  readonly #path: string
  readonly #fetch: Fetch
  readonly #time: Time
  readonly #seat: { token: Bytes; after: () => number }
  readonly #events: TransportEvents
  #outgoing: ClientFrame[] = []
  #waiting: AbortController | null = null
  #over = false
  #opened = false

  constructor({ path, fetch, time, seat, events }: ExchangesOptions) {
    this.#path = path
    this.#fetch = fetch
    this.#time = time
    this.#seat = seat
    this.#events = events
    void this.#run()
  }

  send(frame: ClientFrame): void {
    this.#outgoing.push(frame)
    this.#waiting?.abort()
  }

  close(): void {
    this.#finish('lost')
  }

  #finish(reason: CloseReason, retryAfter?: number): void {
    if (this.#over) return
    this.#over = true
    this.#waiting?.abort()
    this.#events.closed(reason, retryAfter)
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      const batch = this.#outgoing.splice(0)
      // Only an exchange that carries nothing may wait, and only such a one is cut short: what carries an act is always heard out.
      const idle = this.#opened && batch.length === 0
      const asked = this.#time.now()
      this.#waiting = idle ? new AbortController() : null
      const response = await this.#exchange(batch, idle)
      if (response === 'cut') continue
      if (response === null) return this.#finish(this.#opened ? 'lost' : 'failed')
      const frames = await this.#read(response)
      for (const frame of frames) if (!this.#over) this.#events.frame(frame)
      // Something on the way does not let an exchange wait: then it is asked calmly.
      if (idle && frames.length <= 1 && this.#time.now() - asked < EXCHANGE_APART) await this.#pause()
    }
  }

  async #pause(): Promise<void> {
    if (this.#over || this.#outgoing.length > 0) return
    const cut = new AbortController()
    this.#waiting = cut
    await new Promise<void>((resolve) => {
      const handle = this.#time.after(EXCHANGE_APART, resolve)
      cut.signal.addEventListener('abort', () => {
        this.#time.cancel(handle)
        resolve()
      })
    })
  }

  async #exchange(batch: ClientFrame[], idle: boolean): Promise<Response | 'cut' | null> {
    const hello: ClientFrame = { type: 'hello', token: this.#seat.token, after: this.#seat.after() }
    const signal = this.#waiting?.signal
    const init = quietInit({ method: 'POST', ...(signal ? { signal } : {}) })
    init.headers = { 'Content-Type': 'application/octet-stream' }
    init.body = packFrames([hello, ...batch].map(encodeClient))
    try {
      return await this.#fetch(`${this.#path}?wait=${idle ? EXCHANGE_WAIT : 0}`, init)
    } catch {
      return signal?.aborted === true ? 'cut' : null
    }
  }

  /** What a response says; nothing where it was the last. */
  async #read(response: Response): Promise<ServerFrame[]> {
    if (!response.ok) {
      const reason = response.status === 404 ? 'no_seat' : this.#opened ? 'lost' : 'failed'
      this.#finish(reason, retryAfterOf(response) ?? undefined)
      return []
    }
    try {
      const frames = unpackFrames(new Uint8Array(await response.arrayBuffer())).map(decodeServer)
      this.#opened = true
      return frames
    } catch {
      this.#finish(this.#waiting?.signal.aborted === true ? 'lost' : 'failed')
      return []
    }
  }
}
