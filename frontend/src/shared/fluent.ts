import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import { createSubscriber } from 'svelte/reactivity'

/** The languages that every text exists in, in the order in which they are offered. */
export const LANGUAGES = ['en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]
export type Room = 'shared' | 'app' | 'console'
export type Arguments = Record<string, FluentVariable>

const files = import.meta.glob<string>('../../../locales/*/{shared,app,console}.ftl', {
  query: '?raw',
  import: 'default',
})
const loaded = new Map<Language, FluentBundle>()
const rooms = new Set<Room>()
const present = new Map<Language, Set<Room>>()
const listeners = new Set<() => void>()
let current: Language = 'en'

const follow = createSubscriber((update) => {
  listeners.add(update)
  return () => listeners.delete(update)
})

/** The language in use. Read inside a component it keeps the component up to date. */
export function language(): Language {
  follow()
  return current
}

/** The language offered that fits a tag such as `es-MX`, or null. */
export function languageOf(tag: string): Language | null {
  const base = tag.toLowerCase().split('-')[0]
  return LANGUAGES.find((known) => known === base) ?? null
}

/** Adds one file's texts to a language. Throws when the file does not read as Fluent: a broken text is a defect, never a fallback. */
export function bundleAdd(lang: Language, source: string): void {
  const bundle = loaded.get(lang) ?? new FluentBundle(lang)
  const errors = bundle.addResource(new FluentResource(source))
  if (errors.length > 0) throw errors[0]
  loaded.set(lang, bundle)
}

/** Loads the texts of `wanted` rooms, and of all rooms loaded before, then makes `lang` the language of everything on screen. */
export async function languageUse(lang: Language, wanted: readonly Room[] = []): Promise<void> {
  for (const room of wanted) rooms.add(room)
  await roomsLoad(lang)
  languageSet(lang)
}

/** Makes a loaded language the current one, and says so on the document. */
export function languageSet(lang: Language): void {
  current = lang
  if (typeof document !== 'undefined') document.documentElement.lang = lang
  for (const listener of listeners) listener()
}

/** The text with this id in the language in use. A text that does not exist shows as its id, which a test refuses for every id in the sources. */
export function t(id: string, args?: Arguments): string {
  follow()
  const bundle = loaded.get(current)
  const message = bundle?.getMessage(id)
  if (!bundle || !message?.value) return id
  return bundle.formatPattern(message.value, args ?? null)
}

/** Loads the texts of all rooms loaded so far in every language, for `textIn`. */
export async function languagesLoad(): Promise<void> {
  await Promise.all(LANGUAGES.map((lang) => roomsLoad(lang)))
}

/** The text with this id in a given language: for words that somebody else will read. Its texts must have been loaded. */
export function textIn(lang: Language, id: string): string {
  const bundle = loaded.get(lang)
  const message = bundle?.getMessage(id)
  return bundle && message?.value ? bundle.formatPattern(message.value) : id
}

async function roomsLoad(lang: Language): Promise<void> {
  const have = present.get(lang) ?? new Set<Room>()
  present.set(lang, have)
  const missing = [...rooms].filter((room) => !have.has(room))
  const sources = await Promise.all(missing.map((room) => source(lang, room)))
  missing.forEach((room, index) => {
    if (have.has(room)) return
    have.add(room)
    bundleAdd(lang, sources[index] ?? '')
  })
}

function source(lang: Language, room: Room): Promise<string> {
  const load = files[`../../../locales/${lang}/${room}.ftl`]
  if (!load) throw new Error(`no texts for ${lang}/${room}`)
  return load()
}
