import { createContext } from 'svelte'
import type { Clock } from './clock.svelte'

/** What every screen may need from around it. */
export interface Around {
  /** A fresh copy of the numbers to call; kept up to date when the language changes. */
  numbers(): Node | null
  readonly clock: Clock
  /** Back to the page that the server made. */
  toStart(): void
}

export const [aroundGet, aroundSet] = createContext<Around>()
