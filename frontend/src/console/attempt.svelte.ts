import { PasskeyCancelled } from './passkey'
import { codeOf } from './staff'

/** One form's act at a time: whether it is under way, and why the last one did not happen. */
export class Attempt {
  busy = $state(false)
  refusal = $state<string | null>(null)

  /** Runs `act`; what it throws becomes `refusal`. A passkey window that the person closed is no refusal. */
  async run(act: () => Promise<unknown>): Promise<void> {
    this.busy = true
    this.refusal = null
    try {
      await act()
    } catch (error) {
      if (!(error instanceof PasskeyCancelled)) this.refusal = codeOf(error)
    } finally {
      this.busy = false
    }
  }
}
