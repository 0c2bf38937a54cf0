/** How long a browser that was just certified waits for its colleagues' consoles to pass keys on (seconds). */
const PATIENCE = 180

/**
 * The intake keys that this browser cannot open yet. Colleagues' consoles seal them for it within half a minute where one is open;
 * until then an answer would only send the person back to the queue.
 */
export class KeyGap {
  /** How many; null until it was looked. */
  count = $state<number | null>(null)
  #since = 0

  /** `now` are UTC seconds, here and below. */
  seen(count: number, now: number): void {
    if (count > 0 && !this.count) this.#since = now
    this.count = count
  }

  /**
   * Whether it is about to close. It ends by itself: keys that nobody can open any more must not keep this browser from
   * answering everybody else.
   */
  closing(now: number, colleagues: boolean): boolean {
    if (this.count === null) return true
    return this.count > 0 && colleagues && now - this.#since < PATIENCE
  }
}
