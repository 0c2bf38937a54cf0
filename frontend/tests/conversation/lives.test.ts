import { expect, it } from 'vitest'
import { SurvivorLine } from '../../src/conversation/survivor'
import { FakePlace } from '../support/fake_place'
import { choices } from '../support/random'
import { kinds, Stage, texts } from '../support/talk'
import { settled } from '../support/virtual_time'

/**
 * Whatever happens between two honest sides and an honest server, everybody reads everything once, in the order of its sender, and no
 * notice says that something is wrong.
 */
it.each([2, 6, 16, 62, 70, 76])(
  'two sides agree after a life of cuts, reloads, fresh keys and returns (%i)',
  async (seed) => {
    const random = choices(seed)
    const stage = await Stage.make()
    const { line, advocate } = await stage.talk()
    const place = new FakePlace()
    await line.keepIn(place)
    let present = line
    // So that nothing has to end while somebody is away.
    advocate.setTimer(604_800)
    await stage.quiet()
    let days = 0
    const sent = { survivor: [] as string[], advocate: [] as string[] }
    const trouble: string[] = []

    const steps: Record<string, () => Promise<void> | void> = {
      'the survivor writes': () => {
        sent.survivor.push(`s${sent.survivor.length}`)
        present.state.conversation!.sendText(sent.survivor.at(-1)!)
      },
      'the advocate writes': () => {
        sent.advocate.push(`a${sent.advocate.length}`)
        advocate.sendText(sent.advocate.at(-1)!)
      },
      'every connection is cut': () => stage.relay.cut(),
      'one is away': () => stage.relay.silence(random.below(2)),
      'nobody is away': () => stage.relay.silence(null),
      'some time goes by': () => stage.time.advance(random.below(40_000)),
      'a little time goes by': () => settled(),
      'the page is loaded again': async () => {
        await settled()
        trouble.push(...kinds(present.state.conversation!))
        present.destroy()
        present = await SurvivorLine.resume(stage.parts, { content: place.content, place })
        await settled()
      },
      'she comes back with fresh keys': async () => {
        void present.state.conversation!.rejoin()
        await settled()
      },
      'both make fresh keys': () => {
        if (days++ < 4) stage.time.jump(86_400_000)
      },
    }
    for (let step = 0; step < 40; step++) await steps[random.pick(Object.keys(steps))]!()

    stage.relay.silence(null)
    present.wake()
    advocate.wake()
    for (let round = 0; round < 5; round++) await stage.time.advance(31_000)
    const survivor = present.state.conversation!
    const notices = [...trouble, ...kinds(survivor), ...kinds(advocate)]
    const wrong = notices.filter((kind) => !['joined', 'rejoined', 'timer_changed', 'not_confirmed'].includes(kind))
    expect(wrong).toEqual([])
    const theirs = (side: typeof survivor): string[] =>
      side.state.messages.filter(({ mine }) => !mine).map(({ text }) => text)
    expect(theirs(survivor)).toEqual(sent.advocate)
    expect(theirs(advocate)).toEqual(sent.survivor)
    expect(new Set(texts(survivor)).size).toBe(texts(survivor).length)
  },
)
