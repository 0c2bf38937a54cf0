/** The windows that stand over the page, the last on top. While there is one, only it and the exit can be reached. */
export class Modals {
  #stack = $state.raw<readonly object[]>([])

  get some(): boolean {
    return this.#stack.length > 0
  }

  isTop(one: object): boolean {
    return this.#stack.at(-1) === one
  }

  /** Puts one on top; returns what takes it away. */
  add(one: object): () => void {
    this.#stack = [...this.#stack, one]
    return () => {
      this.#stack = this.#stack.filter((other) => other !== one)
    }
  }
}

export const modals = new Modals()
