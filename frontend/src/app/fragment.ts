/** An organisation's own link carries the fingerprint of its root key after the `#`, where no server sees it: `#f=…`. */

const FINGERPRINT = /^#f=([A-Za-z0-9_-]{27}|[A-Za-z2-7]{32})$/

/** The fingerprint in an address's fragment as it was written, or null. Whether it is anybody's is for e2ee/trust.ts. */
export function fingerprintIn(hash: string): string | null {
  return FINGERPRINT.exec(hash)?.[1] ?? null
}

/** Takes the fragment out of the address and gives the fingerprint: nothing of it stays on the screen or in a bookmark. */
export function fingerprintTake(): string | null {
  const found = fingerprintIn(location.hash)
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
  return found
}
