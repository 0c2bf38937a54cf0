import type { Leaving } from '../shared/exit'
import { Desk, type DeskOptions } from './desk.svelte'
import { deskLives, screenNext, type Happening, type Screen } from './screens'
import type { Session, StaffApi, StaffUser } from './staff'

export interface VisitOptions extends Omit<DeskOptions, 'user'> {
  /** The secret of an invitation link, or null. */
  readonly invitation: string | null
}

/** One visit of the console, from the first look at the session to the log-out: which screen, who, and the desk they work at. */
export class Visit {
  screen = $state<Screen>('starting')
  user = $state.raw<StaffUser | null>(null)
  desk = $state.raw<Desk | null>(null)
  readonly api: StaffApi
  /** The secret of an invitation link, dead after its first use. */
  readonly invitation: string | null
  readonly #options: VisitOptions

  constructor(options: VisitOptions) {
    const { api, invitation } = options
    this.api = api
    this.invitation = invitation
    this.#options = options
    api.onSessionLost(() => this.#lost())
  }

  /** Asks the server who is here and shows the first screen. */
  async start(): Promise<void> {
    if (this.screen === 'unreachable') this.#happen('again')
    try {
      const session = await this.api.session()
      if (this.invitation !== null) this.#happen('invited')
      else if (session.user === null) this.#happen('no-session')
      else this.arrived(session)
    } catch {
      this.#happen('no-answer')
    }
  }

  /** A log-in worked. Over a desk that is still alive it must be the same person: others never see its conversations. */
  arrived(session: Session): void {
    if (session.user === null) return
    if (this.desk && this.user && !samePerson(this.user, session.user)) return this.#happen('other-session')
    this.user = session.user
    this.desk ??= new Desk({ ...this.#options, user: session.user })
    this.#happen('session')
    void this.desk.open()
  }

  /** Gives conversations back, ends the session and everything that hangs on it. Whether or not the server answers, nothing stays here. */
  async leave(): Promise<void> {
    await this.desk?.leave()
    await this.api.logout().catch(() => undefined)
    this.desk?.destroy()
    this.desk = null
    this.user = null
    this.#happen('logged-out')
    if (this.screen === 'login') await this.api.session().catch(() => undefined)
  }

  /** From a failed set-up, or by choice, to the ordinary log-in. */
  toLogin(): void {
    this.#happen('logged-out')
  }

  /** The page is emptied: nothing stays in memory, and after the exit nobody finds an open session. Waits for nothing. */
  forget(why: Leaving): void {
    if (why === 'exit' && this.user !== null) this.api.logoutUnheard()
    this.desk?.destroy()
    this.desk = null
    this.user = null
  }

  /** The session is over. The value that the next log-in must carry went with it: a new one is fetched. */
  #lost(): void {
    if (this.screen !== 'desk') return
    this.#happen('session-lost')
    void this.api.session().catch(() => undefined)
  }

  #happen(happening: Happening): void {
    this.screen = screenNext(this.screen, happening)
    if (!deskLives(this.screen) && this.desk) {
      this.desk.destroy()
      this.desk = null
    }
  }
}

function samePerson(a: StaffUser, b: StaffUser): boolean {
  return a.username === b.username && a.organisation === b.organisation
}
