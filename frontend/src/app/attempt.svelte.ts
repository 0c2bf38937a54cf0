import { codeOf } from './refusals'

/** Something that a person tries and that may be refused: whether it is under way, and why it was refused last. */
export class Attempt {
  busy = $state(false)
  refusal = $state<string | null>(null)

  /** Runs `act` once at a time; true where it was not refused. */
  async run(act: () => unknown): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.refusal = null
    try {
      await act()
    } catch (error) {
      this.refusal = codeOf(error)
    }
    this.busy = false
    return this.refusal === null
  }
}
