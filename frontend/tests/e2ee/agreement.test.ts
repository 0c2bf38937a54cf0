/** Property: whatever members do in whatever order, everybody who is in ends in agreement, and nobody who is out can read. */

import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createGroup, joinGroup, restoreGroup } from '../../src/e2ee/group'
import { keyPackageFor, pseudonymKeyPackage } from '../../src/e2ee/keypackage'
import { Unprocessable, type MemberPolicy, type OwnKeyPackage, type SecureGroup } from '../../src/e2ee/types'
import { memberOf } from '../../src/e2ee/identity'
import type { Bytes } from '../../src/net/bytes'
import { choices, type Choices } from '../support/random'
import { NOW, Organisation, Shelf, bytes, now, text } from './cast'

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 }))
afterAll(() => void vi.useRealTimers())

const anybody: MemberPolicy = { admit: (leaf) => memberOf(leaf) }
const MOST = 5
const STEPS = 20

interface Entry {
  readonly message: Bytes
  /** Who wrote it, by the mark. */
  readonly from: string
  /** What was said; null for a commit. */
  readonly said: string | null
}

interface Person {
  group: SecureGroup
  readonly shelf: Shelf
  readonly mark: string
  /** How much of the log was read. */
  read: number
}

/** A log that keeps the server's promises: one order for everybody, one commit for each epoch. */
class Conversation {
  readonly log: Entry[] = []
  epoch = 0n
  people: Person[] = []
  readonly gone: Person[] = []
  readonly #random: Choices
  readonly #organisation = new Organisation()
  #said = 0

  constructor(random: Choices) {
    this.#random = random
  }

  async begin(): Promise<void> {
    const shelf = new Shelf()
    const group = await createGroup({ me: this.#organisation.staff(), policy: anybody, store: shelf, now })
    this.people.push({ group, shelf, mark: group.me.mark, read: 0 })
    await this.add(this.people[0]!)
  }

  /** Reads the log on from where this person stopped; commits of their own were accepted when they were made. */
  async catchUp(person: Person, until = this.log.length): Promise<void> {
    while (person.read < until && this.people.includes(person)) {
      const { message, from, said } = this.log[person.read]!
      person.read += 1
      if (from === person.mark) continue
      const processed = await person.group.process(message)
      if (said === null) {
        expect(processed).toMatchObject({ kind: 'commit', by: { mark: from } })
        if (processed.kind === 'commit' && processed.removedMe) this.#leave(person)
      } else {
        expect(processed.kind === 'application' && text(processed.content)).toBe(said)
        expect(processed).toMatchObject({ sender: { mark: from }, skipped: 0 })
      }
    }
  }

  async say(person: Person): Promise<void> {
    await this.catchUp(person)
    if (!this.people.includes(person)) return
    const said = `message ${this.#said++}`
    this.log.push({ message: await person.group.encrypt(bytes(said)), from: person.mark, said })
  }

  async add(by: Person): Promise<void> {
    await this.catchUp(by)
    if (!this.people.includes(by) || by.group.members.length >= MOST) return
    const staff = this.#random.chance(0.5)
    const keyPackage = await (staff ? keyPackageFor(this.#organisation.staff(), now) : pseudonymKeyPackage(now))
    const pending = await by.group.add([keyPackage.message])
    await pending.accept()
    this.#commit(by, pending.commit)
    await this.#join(keyPackage, pending.welcome!)
  }

  async remove(by: Person): Promise<void> {
    await this.catchUp(by)
    if (!this.people.includes(by) || by.group.members.length < 3) return
    const mark = this.#random.pick(by.group.members.filter((member) => member.mark !== by.mark)).mark
    const pending = await by.group.remove([mark])
    await pending.accept()
    this.#commit(by, pending.commit)
    // Whoever was away long enough to have been removed without knowing learns it when they read on.
    await this.catchUp(this.people.find((person) => person.mark === mark)!)
  }

  async update(by: Person): Promise<void> {
    await this.catchUp(by)
    if (!this.people.includes(by)) return
    const pending = await by.group.update()
    await pending.accept()
    this.#commit(by, pending.commit)
  }

  /** Several commit for the same epoch; the log takes one, the others forget theirs. */
  async race(): Promise<void> {
    for (const person of [...this.people]) await this.catchUp(person)
    const racers = this.people.filter(() => this.#random.chance(0.6))
    const pending = []
    for (const racer of racers) pending.push({ racer, made: await racer.group.update() })
    const winner = pending[this.#random.below(pending.length)]
    for (const { racer, made } of pending) {
      if (made !== winner?.made) continue
      await made.accept()
      this.#commit(racer, made.commit)
    }
    for (const { racer, made } of pending) {
      if (made === winner?.made) continue
      if (this.#random.chance(0.5)) await made.discard()
      await this.catchUp(racer)
      expect(racer.group.pending).toBeNull()
    }
  }

  /** The browser ends; the group goes on from what was stored. */
  async restart(person: Person): Promise<void> {
    person.group = await restoreGroup({ state: person.shelf.last, policy: anybody, store: person.shelf, now })
  }

  async agree(): Promise<void> {
    for (const person of [...this.people]) await this.catchUp(person)
    expect(this.people.length).toBeGreaterThanOrEqual(2)
    const numbers = await Promise.all(this.people.map(({ group }) => group.safetyNumber()))
    expect(new Set(numbers).size).toBe(1)
    expect(new Set(this.people.map(({ group }) => group.epoch))).toEqual(new Set([this.epoch]))
    for (const { group } of this.people) {
      expect(group.members.map(({ mark }) => mark).sort()).toEqual(this.people.map(({ mark }) => mark).sort())
    }
    for (const speaker of this.people) {
      const message = await speaker.group.encrypt(bytes('last words'))
      for (const { group, mark } of this.people) {
        if (mark === speaker.mark) continue
        const heard = await group.process(message)
        expect(heard.kind === 'application' && text(heard.content)).toBe('last words')
      }
      for (const { group } of this.gone) await expect(group.process(message)).rejects.toBeInstanceOf(Unprocessable)
    }
    // Nobody keeps the key of anything that was said: the whole log is closed to whoever steals a state now.
    const { shelf } = this.#random.pick(this.people)
    const thief = await restoreGroup({ state: shelf.last, policy: anybody, store: new Shelf(), now })
    for (const { message } of this.log) await expect(thief.process(message)).rejects.toBeInstanceOf(Unprocessable)
  }

  async #join(keyPackage: OwnKeyPackage, welcome: Bytes): Promise<void> {
    const shelf = new Shelf()
    const group = await joinGroup({ welcome, keyPackage, policy: anybody, store: shelf, now })
    this.people.push({ group, shelf, mark: group.me.mark, read: this.log.length })
  }

  #commit(by: Person, message: Bytes): void {
    this.epoch += 1n
    this.log.push({ message, from: by.mark, said: null })
    expect(by.group.epoch).toBe(this.epoch)
  }

  #leave(person: Person): void {
    this.people = this.people.filter((one) => one !== person)
    this.gone.push(person)
  }
}

it.each([1, 2, 3, 4])('members end in agreement, script %i', async (seed) => {
  const random = choices(seed)
  const conversation = new Conversation(random)
  await conversation.begin()
  for (let step = 0; step < STEPS; step++) {
    const person = random.pick(conversation.people)
    const roll = random.real()
    if (roll < 0.4) await conversation.say(person)
    else if (roll < 0.55) await conversation.add(person)
    else if (roll < 0.65) await conversation.remove(person)
    else if (roll < 0.75) await conversation.update(person)
    else if (roll < 0.85) await conversation.race()
    else if (roll < 0.95) await conversation.restart(person)
    else await conversation.catchUp(person, Math.min(conversation.log.length, person.read + 2))
  }
  await conversation.agree()
})
