/** Keeps a growing list at its newest end while the person is there, and does not move it while they read further up. */
export class Follower {
  /** Something newer came than what is on the screen. */
  behind = $state(false)
  #list: HTMLElement | null = null
  #atEnd = true
  #length = 0

  /** For `{@attach}`: the element that scrolls. */
  attach = (list: HTMLElement): (() => void) => {
    this.#list = list
    // A keyboard can scroll it too.
    list.tabIndex = 0
    const scroll = (): void => {
      this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40
      if (this.#atEnd) this.behind = false
    }
    const resized = new ResizeObserver(() => {
      if (this.#atEnd) this.toNewest()
    })
    list.addEventListener('scroll', scroll, { passive: true })
    resized.observe(list)
    this.toNewest()
    return () => {
      list.removeEventListener('scroll', scroll)
      resized.disconnect()
      this.#list = null
    }
  }

  /** The list has `length` items now. */
  grown(length: number): void {
    const more = length > this.#length
    this.#length = length
    if (this.#atEnd) this.toNewest()
    else if (more) this.behind = true
  }

  toNewest(): void {
    if (this.#list) this.#list.scrollTop = this.#list.scrollHeight
    this.#atEnd = true
    this.behind = false
  }
}
