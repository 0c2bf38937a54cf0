import { systemTime, type Handle, type Time } from '../net/time'
import { cardsOrdered } from './cards'
import { codeOf, type Card, type Queue, type StaffApi } from './staff'

/** How often the queue is read without a nudge: with the socket up it only guards against a lost nudge. */
const CALM_MS = 60_000
const POLLING_MS = 5_000
const RECONNECT_MS = 3_000

export type Liveness = 'live' | 'polling' | 'unreachable'

/** Keeps the queue in step with the server: a nudge over the socket, or the passing of time, makes it be read again. */
export class QueueWatch {
  waiting = $state.raw<readonly Card[]>([])
  mine = $state.raw<readonly Card[]>([])
  onShift = $state(0)
  shift = $state(false)
  loaded = $state(false)
  liveness = $state<Liveness>('polling')
  readonly #api: Pick<StaffApi, 'queue'>
  readonly #time: Time
  readonly #socket: () => WebSocket
  #open: WebSocket | null = null
  #next: Handle | null = null
  #retry: Handle | null = null
  #reading = false
  #again = false
  #over = false

  constructor(api: Pick<StaffApi, 'queue'>, socket: () => WebSocket = queueSocket, time: Time = systemTime) {
    this.#api = api
    this.#socket = socket
    this.#time = time
  }

  /** Begins; called again, for instance after a new log-in, it only makes sure that there is a connection. */
  start(): void {
    if (this.#open === null) this.#connect()
    void this.refresh()
  }

  /** Reads the queue now. Calls that come while one is under way lead to one more reading after it. */
  async refresh(): Promise<void> {
    if (this.#over) return
    if (this.#reading) {
      this.#again = true
      return
    }
    this.#reading = true
    this.#cancel('next')
    try {
      this.#take(await this.#api.queue())
    } catch (error) {
      if (codeOf(error) === 'net.unreachable') this.liveness = 'unreachable'
    }
    this.#reading = false
    if (this.#over) return
    if (this.#again) {
      this.#again = false
      return this.refresh()
    }
    this.#next = this.#time.after(this.liveness === 'live' ? CALM_MS : POLLING_MS, () => void this.refresh())
  }

  destroy(): void {
    this.#over = true
    this.#cancel('next')
    this.#cancel('retry')
    this.#open?.close()
    this.waiting = []
    this.mine = []
  }

  #take(queue: Queue): void {
    if (this.#over) return
    this.waiting = cardsOrdered(queue.requests)
    this.mine = queue.mine
    this.onShift = queue.on_shift
    this.shift = queue.shift
    this.loaded = true
    this.liveness = this.#open?.readyState === 1 ? 'live' : 'polling'
  }

  #connect(): void {
    if (this.#over) return
    this.#cancel('retry')
    const socket = this.#socket()
    this.#open = socket
    socket.onopen = () => void this.refresh()
    socket.onmessage = () => void this.refresh()
    socket.onclose = () => {
      if (this.#open !== socket) return
      this.#open = null
      if (this.liveness === 'live') this.liveness = 'polling'
      if (this.#over) return
      this.#retry = this.#time.after(RECONNECT_MS, () => this.#connect())
      void this.refresh()
    }
  }

  #cancel(which: 'next' | 'retry'): void {
    const handle = which === 'next' ? this.#next : this.#retry
    if (handle !== null) this.#time.cancel(handle)
    if (which === 'next') this.#next = null
    else this.#retry = null
  }
}

function queueSocket(): WebSocket {
  return new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/staff/queue-socket`)
}
