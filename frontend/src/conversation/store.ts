/** The smallest store that Svelte understands: a value, and those who want to know. */

export class Store<T> {
  readonly #subscribers = new Set<(value: T) => void>()
  #value: T

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set(value: T): void {
    this.#value = value
    for (const run of [...this.#subscribers]) run(value)
  }

  subscribe(run: (value: T) => void): () => void {
    this.#subscribers.add(run)
    run(this.#value)
    return () => this.#subscribers.delete(run)
  }

  close(): void {
    this.#subscribers.clear()
  }
}
