/** One after the other, in the order of asking; a failure of one does not hold up the next. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(task: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(task, task)
    this.#last = mine.catch(() => undefined)
    return mine
  }
}

/** Wakes everybody who waits for a change of circumstances; each looks for itself whether it was the right one. */
export class Signal {
  #waiting: (() => void)[] = []

  fire(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
