/** The browser's own ways to the relay, and the moments at which it is worth trying again. */

import { systemTime } from '../net/time'
import { exchangeTransport, socketTransport } from '../net/transport'
import type { SocketLike } from '../net/transport'
import type { Relay } from './options'

const RELAY = '/api/v1/relay'

/** WebSocket first, plain HTTPS where that does not get through; both to the page's own origin. */
export function browserRelay(): Relay {
  const socketUrl = `${location.origin.replace(/^http/, 'ws')}${RELAY}`
  return {
    socket: socketTransport(socketUrl, (url, protocol) => new WebSocket(url, protocol) as SocketLike),
    exchange: exchangeTransport(`${RELAY}/exchange`, (url, init) => fetch(url, init)),
    time: systemTime,
    random: () => Math.random(),
  }
}

/** Calls `wake` when the network is back and when the page is shown again. Returns what ends it. */
export function onWake(wake: () => void): () => void {
  const shown = (): void => {
    if (document.visibilityState === 'visible') wake()
  }
  window.addEventListener('online', wake)
  window.addEventListener('pageshow', wake)
  document.addEventListener('visibilitychange', shown)
  return () => {
    window.removeEventListener('online', wake)
    window.removeEventListener('pageshow', wake)
    document.removeEventListener('visibilitychange', shown)
  }
}
