import type { Desk } from '../../src/console/desk.svelte'
import type { Stories } from '../story'
import { card, certified, deskStory, held, message, notices, PERSON, supervising, type Scene } from '../support/console'

const WAITING = [
  card('q1', 'now', 3, { language: 'es', topics: ['partner_violence', 'need_shelter'], region: 'US-CA' }),
  card('q2', 'soon', 64, {
    topics: ['labor_trafficking', 'docs_confiscated', 'debt_bondage'],
    region: 'US-TX',
    reopened: 1,
  }),
  card('q3', 'soon', 12, { language: 'fr' }),
  card('q4', 'talk', 4000, { topics: ['job_offer_check'] }),
]
const NOTE = 'The man I clean for keeps my passport and says I still owe him. I am not sure if this is allowed.'
const SAID = [
  message('1', 34, 'Hello, I am here for you. Is it safe for you to talk right now?', { mine: true }),
  message('2', 31, 'yes. he is at work until six'),
  message('3', 30, 'Take your time. I am here and I am reading.', { mine: true }),
  message('4', 5, 'he locks the door when he leaves\nand he has the papers of all of us'),
]
const STATES = [
  ...SAID,
  message('5', 4, 'Are there others in the house with you now?', { mine: true, state: 'stored' }),
  message('6', 3, 'One link follows, without any place to break it: '.concat('x'.repeat(160)), {
    mine: true,
    state: 'sending',
  }),
  message('7', 2, 'This one did not go out.', { mine: true, state: 'refused', refusal: 'relay.quota_seat' }),
  message('8', 1, 'Only to be seen once.', { mine: true, once: true, state: 'not_confirmed' }),
  message('9', 0, 'for you only', { once: true, readAt: null, goneAt: null }),
]

const talking = (desk: Desk, more: Parameters<typeof held>[2] = {}): void => {
  desk.talks.add(held('t1', 'now', { language: 'es', notices: notices({ kind: 'joined', member: PERSON }) }), '')
  desk.talks.add(held('t2', 'soon', { note: NOTE, messages: SAID, ...more }), '')
}
const atWork = (then: (scene: Scene) => void) => async (scene: Scene) => {
  await certified(scene)
  then(scene)
}

/** Somebody at work. */
const stories: Stories = {
  new: deskStory({ queue: { requests: WAITING, on_shift: 0, shift: false } }),
  waiting: deskStory({ queue: { requests: WAITING, on_shift: 2 }, before: atWork(() => undefined) }),
  empty: deskStory({ before: atWork(() => undefined) }),
  left: deskStory({ queue: { requests: WAITING, mine: [card('m1', 'soon', 30)] }, before: atWork(() => undefined) }),
  'keys-missing': deskStory({
    queue: { requests: WAITING },
    before: atWork(({ desk }) => void (desk.trust.gap.count = 3)),
  }),
  unreachable: deskStory({
    before: atWork(({ desk }) => {
      desk.queue.liveness = 'unreachable'
      desk.trustRefusal = 'net.unreachable'
    }),
  }),
  talk: deskStory({ queue: { requests: WAITING }, before: atWork(({ desk }) => talking(desk)) }),
  'talk-first': deskStory({
    before: atWork(({ desk }) =>
      desk.talks.add(held('t1', 'talk', { connection: 'joining' }), 'Hello, I am here for you.'),
    ),
  }),
  'talk-states': deskStory({
    before: atWork(({ desk }) => talking(desk, { messages: STATES, connection: 'offline' })),
  }),
  'talk-notices': deskStory({
    before: atWork(({ desk }) =>
      talking(desk, {
        messages: [],
        connection: 'broken',
        notices: notices(
          { kind: 'joined', member: PERSON },
          { kind: 'timer_changed', by: 'person', mine: false, seconds: 3600 },
          { kind: 'burned', by: 'person', mine: false },
          { kind: 'rejoined', member: PERSON },
          { kind: 'missing', from: 'person', count: 2, cause: 'withheld' },
          { kind: 'order_broken', how: 'rolled_back' },
          { kind: 'newer_list', theirs: 8, mine: 7 },
          { kind: 'change_refused', reason: 'stranger' },
        ),
      }),
    ),
  }),
  'talk-over': deskStory({
    before: atWork(({ desk }) =>
      talking(desk, { connection: 'ended', notices: notices({ kind: 'closed', by: 'person', mine: false }) }),
    ),
  }),
  'talk-burn': deskStory({ before: atWork(({ desk }) => talking(desk)), press: ['.acts .button'] }),
  'talk-refused': deskStory({
    before: atWork(({ desk }) => {
      talking(desk)
      desk.refusal = 'hotline.note_mismatch'
      for (const one of desk.talks.open) one.refusal = 'net.unreachable'
    }),
  }),
  'talk-six': deskStory({
    queue: { requests: WAITING },
    before: atWork(({ desk }) => {
      for (let number = 1; number <= 6; number++) {
        const unread = number % 2 === 0 ? [message('u', 1, 'are you there', { readAt: null, goneAt: null })] : []
        desk.talks.add(held(`t${number}`, 'soon', { messages: unread }), '')
      }
    }),
  }),
  'log-out': deskStory({ before: atWork(({ desk }) => talking(desk)), press: ['header .leave'] }),
  keyboard: deskStory({ before: atWork(() => undefined), press: ['header .sheet'] }),
  expired: deskStory({ before: atWork(({ visit }) => void (visit.screen = 'expired')) }),
  stranger: deskStory({ before: atWork(({ visit }) => void (visit.screen = 'stranger')) }),

  device: deskStory({ before: async ({ desk }) => void (desk.page = 'device') }),
  'device-requested': deskStory({
    before: async ({ desk }) => {
      await desk.enrol()
      desk.page = 'device'
    },
  }),
  'device-certified': deskStory({ before: atWork(({ desk }) => void (desk.page = 'device')) }),
  'device-revoked': deskStory({
    before: async (scene) => {
      const boss = await certified(scene)
      for (const device of boss.trust.devices) await boss.revoke(device.deviceId)
      await scene.desk.refresh()
      scene.desk.page = 'device'
    },
  }),
  'devices-new': deskStory({
    roles: ['supervisor'],
    before: async ({ desk }) => void (desk.page = 'devices'),
  }),
  'devices-request': deskStory({
    roles: ['supervisor'],
    before: async ({ desk }) => {
      await desk.signingNew()
      desk.page = 'devices'
    },
  }),
  devices: deskStory({ roles: ['advocate', 'supervisor'], before: team }),
  'devices-compare': deskStory({ roles: ['advocate', 'supervisor'], before: team, press: ['[data-request] .button'] }),
  'devices-revoke': deskStory({
    roles: ['advocate', 'supervisor'],
    before: team,
    press: ['[data-device] .button + .button'],
  }),
}

/** A supervisor with a certified browser, a certified colleague, another signing device, and somebody who waits. */
async function team({ desk, server, colleague }: Scene): Promise<void> {
  await supervising({ desk, server })
  const other = await colleague('Ruth Okafor-Lindqvist', 'advocate', 'supervisor')
  await supervising({ desk: other, server })
  const fresh = await colleague('Marisol', 'advocate')
  await fresh.enrol()
  await desk.refresh()
  desk.page = 'devices'
}

export default stories
