import { describe, expect, it } from 'vitest'
import { QueueWatch } from '../../src/console/queue_watch.svelte'
import type { Card, Queue } from '../../src/console/staff'
import { ApiError } from '../../src/net/http'
import { settled, VirtualTime } from '../support/virtual_time'

class Socket {
  readyState = 0
  closed = false
  onopen: (() => void) | null = null
  onmessage: (() => void) | null = null
  onclose: (() => void) | null = null

  open(): void {
    this.readyState = 1
    this.onopen?.()
  }

  nudge(): void {
    this.onmessage?.()
  }

  drop(): void {
    this.readyState = 3
    this.onclose?.()
  }

  close(): void {
    this.closed = true
    this.readyState = 3
  }
}

const card = (id: string, level: Card['level'] = 'soon'): Card => ({
  id,
  level,
  state: 'waiting',
  language: 'en',
  topics: [],
  region: '',
  since: 0,
  reopened: 0,
})

function watch() {
  const time = new VirtualTime()
  const sockets: Socket[] = []
  const server = { queue: { requests: [], mine: [], on_shift: 1, shift: false } as Queue, reads: 0, down: false }
  const api = {
    queue: async (): Promise<Queue> => {
      server.reads += 1
      await settledSoon()
      if (server.down) throw new ApiError('net.unreachable', 0)
      return server.queue
    },
  }
  const queue = new QueueWatch(
    api,
    () => {
      const socket = new Socket()
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
    time,
  )
  return { time, sockets, server, queue }
}
const settledSoon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the queue on the screen', () => {
  it('is read at once, and again at each nudge', async () => {
    const { queue, sockets, server } = watch()
    queue.start()
    await settled()
    expect([queue.loaded, queue.liveness]).toEqual([true, 'polling'])
    sockets[0]?.open()
    await settled()
    server.queue = { ...server.queue, requests: [card('talk', 'talk'), card('now', 'now')] }
    sockets[0]?.nudge()
    await settled()
    expect(queue.waiting.map((one) => one.id)).toEqual(['now', 'talk'])
    expect(queue.liveness).toBe('live')
  })

  it('is read once more after nudges that came while it was being read, not once for each', async () => {
    const { queue, sockets, server } = watch()
    queue.start()
    sockets[0]?.open()
    await settled()
    const before = server.reads
    for (let count = 0; count < 20; count++) sockets[0]?.nudge()
    await settled()
    expect(server.reads - before).toBe(2)
  })

  it('is read every few seconds without a socket, and every minute with one', async () => {
    const { queue, sockets, server, time } = watch()
    queue.start()
    await settled()
    let before = server.reads
    await time.advance(60_000)
    expect(server.reads - before).toBeGreaterThanOrEqual(11)
    sockets.at(-1)?.open()
    await settled()
    before = server.reads
    await time.advance(120_000)
    expect(server.reads - before).toBe(2)
  })

  it('says that the server does not answer, keeps what was known, and recovers', async () => {
    const { queue, sockets, server, time } = watch()
    server.queue = { ...server.queue, requests: [card('a')] }
    queue.start()
    sockets[0]?.open()
    await settled()
    server.down = true
    sockets[0]?.nudge()
    await settled()
    expect([queue.liveness, queue.waiting.length]).toEqual(['unreachable', 1])
    server.down = false
    await time.advance(6_000)
    expect(queue.liveness).toBe('live')
  })

  it('connects again after the socket was lost, and opens no second one after a new log-in', async () => {
    const { queue, sockets, time } = watch()
    queue.start()
    sockets[0]?.open()
    await settled()
    queue.start()
    expect(sockets).toHaveLength(1)
    sockets[0]?.drop()
    expect(queue.liveness).toBe('polling')
    await time.advance(3_000)
    expect(sockets).toHaveLength(2)
  })

  it('ends with the desk: no reading, no socket, nobody on the screen', async () => {
    const { queue, sockets, server, time } = watch()
    server.queue = { ...server.queue, requests: [card('a')] }
    queue.start()
    sockets[0]?.open()
    await settled()
    queue.destroy()
    expect([sockets[0]?.closed, queue.waiting.length]).toEqual([true, 0])
    const before = server.reads
    sockets[0]?.drop()
    await time.advance(600_000)
    expect([server.reads, sockets.length]).toEqual([before, 1])
  })
})
