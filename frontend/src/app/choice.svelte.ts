import type { Organisation } from '../net/rest'
import type { Believed, Core } from './core'
import { codeOf } from './refusals'

/** How the keys of the chosen organisation stand. */
export type Standing =
  | { readonly kind: 'checking' }
  | { readonly kind: 'believed'; readonly believed: Believed }
  | { readonly kind: 'refused'; readonly code: string }

/** What an organisation's own link said, once it was compared with everything that is served. */
export type LinkState = 'none' | 'fits' | 'fits-nobody' | 'unknown'

/** An organisation's keys are not those that a link names. */
const NOT_THESE = 'trust.root'

/** Whom the person asks: who answers here, which of them was chosen, and how far that one's keys can be believed. */
export class Choice {
  organisations = $state.raw<readonly Organisation[]>([])
  chosen = $state.raw<Organisation | null>(null)
  standing = $state.raw<Standing>({ kind: 'checking' })
  link = $state<LinkState>('none')
  readonly #core: Pick<Core, 'organisations' | 'believe'>
  readonly #fingerprint: string | null
  /** The organisation that the link speaks of. */
  #linked: string | null = null

  /** `fingerprint` as an organisation's own link had it. */
  constructor(core: Pick<Core, 'organisations' | 'believe'>, fingerprint: string | null) {
    this.#core = core
    this.#fingerprint = fingerprint
  }

  /** The chosen one, while something can be sealed for it. */
  get believed(): Believed | null {
    return this.standing.kind === 'believed' && this.standing.believed.canAsk ? this.standing.believed : null
  }

  /** Fetches who answers here, and finds whom the link speaks of. Throws `ApiError`. */
  async load(): Promise<void> {
    this.chosen = null
    this.organisations = await this.#core.organisations()
    await this.#linkFollow()
  }

  /** The one that the link speaks of, or the only one; null where the person has to say. */
  get meant(): Organisation | null {
    const linked = this.organisations.find(({ slug }) => slug === this.#linked)
    const only = this.organisations.length === 1 ? this.organisations[0] : undefined
    return linked ?? only ?? null
  }

  async choose(organisation: Organisation): Promise<void> {
    this.chosen = organisation
    this.standing = { kind: 'checking' }
    const standing = await this.#standingOf(organisation)
    if (this.chosen === organisation) this.standing = standing
  }

  /** Whoever comes back has a line, and still wants to read the organisation's name. */
  async recall(slug: string): Promise<void> {
    try {
      this.organisations = await this.#core.organisations()
      this.chosen = this.organisations.find((one) => one.slug === slug) ?? null
    } catch {
      // The name is a convenience: its place shows what the keys say instead.
    }
  }

  async #linkFollow(): Promise<void> {
    if (this.#fingerprint === null || this.#linked !== null) return
    const standings = await Promise.all(this.organisations.map(({ slug }) => this.#believe(slug, this.#fingerprint)))
    this.#linked = this.organisations[standings.findIndex(({ kind }) => kind === 'believed')]?.slug ?? null
    const refused = standings.every((standing) => standing.kind === 'refused' && standing.code === NOT_THESE)
    this.link = this.#linked !== null ? 'fits' : refused ? 'fits-nobody' : 'unknown'
  }

  /** Whom a link speaks of, or may speak of, is believed by its fingerprint or not at all: only other keys than the link's make it another. */
  async #standingOf({ slug }: Organisation): Promise<Standing> {
    if (this.#fingerprint === null || (this.#linked !== null && this.#linked !== slug)) return this.#believe(slug, null)
    const standing = await this.#believe(slug, this.#fingerprint)
    if (standing.kind === 'believed') {
      this.#linked = slug
      this.link = 'fits'
    }
    const another = standing.kind === 'refused' && standing.code === NOT_THESE && this.#linked === null
    return another ? this.#believe(slug, null) : standing
  }

  async #believe(slug: string, fingerprint: string | null): Promise<Standing> {
    try {
      return { kind: 'believed', believed: await this.#core.believe(slug, fingerprint) }
    } catch (error) {
      return { kind: 'refused', code: codeOf(error) }
    }
  }
}
