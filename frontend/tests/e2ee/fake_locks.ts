/** The Web Locks of one browser, in memory: exclusive locks, `ifAvailable` and `signal`, as the app uses them. */

type Granted = (lock: { name: string; mode: 'exclusive' } | null) => unknown

export class FakeLocks {
  readonly #held = new Map<string, Promise<unknown>>()

  request = (async (name: string, o: LockOptions, granted: Granted): Promise<unknown> => {
    if (o.ifAvailable && this.#held.has(name)) return granted(null)
    while (this.#held.has(name)) await this.#turn(name, o.signal)
    const held = Promise.resolve(granted({ name, mode: 'exclusive' }))
    this.#held.set(name, held)
    return held.finally(() => this.#held.delete(name))
  }) as LockManager['request']

  #turn(name: string, signal: AbortSignal | undefined): Promise<unknown> {
    const free = this.#held.get(name)?.catch(() => {})
    const over = new Promise((_, reject) =>
      signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
    )
    return Promise.race([free, over])
  }
}
