import type { Stories } from '../story'
import { ANA, KEPT, ME, message, notices, RUTH } from '../support/facts'
import { appStory } from '../support/visits'

const said = [
  message('1', 38, 'Hello, I am Ana. Is it safe for you to write right now?'),
  message('2', 36, 'yes, for a while. he is at work until six', { mine: true }),
  message('3', 35, 'Good. We can stop at any moment. What would you like to talk about first?'),
  message('4', 3, 'i would like to know if there is a place i can go with my son\nhe is four', {
    mine: true,
    state: 'stored',
  }),
]

/** Waiting, and the conversation. */
const stories: Stories = {
  wait: appStory({ screen: 'wait', line: {} }),
  'wait-next': appStory({ screen: 'wait', line: { ahead: 0 }, then: (visit) => void (visit.wordsKept = true) }),
  'wait-nobody': appStory({ screen: 'wait', line: { onShift: false } }),
  'wait-sending': appStory({ screen: 'wait', line: { phase: 'sending' } }),
  'wait-joining': appStory({ screen: 'wait', line: { phase: 'joining' } }),
  'wait-stranger': appStory({ screen: 'wait', line: { phase: 'joining' }, talk: { connection: 'broken' } }),
  'wait-returned': appStory({
    screen: 'wait',
    line: { phase: 'joining' },
    then: (visit) => void (visit.returned = true),
  }),
  'wait-offline': appStory({ screen: 'wait', line: { reachable: false } }),
  'wait-refused': appStory({ screen: 'wait', line: { phase: 'refused', refusal: 'trust.no_intake' } }),
  'wait-reopened': appStory({ screen: 'wait', line: { reopened: 1, phase: 'waiting' }, talk: { messages: said } }),
  'wait-words': appStory({ screen: 'wait', line: {}, press: ['.card .button'] }),
  'wait-words-shown': appStory({ screen: 'wait', line: {}, press: ['.card .button', '.stack .button.main'] }),
  'wait-withdraw': appStory({ screen: 'wait', line: {}, press: ['.screen > .button.quiet'] }),

  talk: appStory({ screen: 'talk', talk: { messages: said } }),
  'talk-empty': appStory({ screen: 'talk', talk: { notices: [] } }),
  'talk-states': appStory({
    screen: 'talk',
    talk: {
      connection: 'offline',
      members: [ANA, RUTH, ME],
      messages: [
        ...said,
        message('5', 2, 'One link: a very long one follows, without any place to break '.concat('x'.repeat(120)), {
          from: 'ruth',
          goneAt: Date.now() + 60_000,
        }),
        message('6', 1, 'is it far', { mine: true, state: 'not_confirmed' }),
        message('7', 1, 'only once', { mine: true, state: 'sending', once: true }),
        message('8', 1, 'this did not go out', { mine: true, state: 'refused', refusal: 'relay.quota_seat' }),
        message('9', 0, 'for you', { once: true, readAt: null, goneAt: null }),
      ],
      notices: notices(
        { kind: 'joined', member: RUTH },
        { kind: 'timer_changed', by: 'ana', mine: false, seconds: 3600 },
        { kind: 'not_confirmed', message: '6' },
      ),
    },
    press: ['.gone'],
  }),
  'talk-notices': appStory({
    screen: 'talk',
    talk: {
      connection: 'broken',
      notices: notices(
        { kind: 'joined', member: ANA },
        { kind: 'missing', from: 'ana', count: 2, cause: 'expired' },
        { kind: 'missing', from: 'ana', count: 1, cause: 'burned' },
        { kind: 'missing', from: 'ana', count: 3, cause: 'withheld' },
        { kind: 'unreadable' },
        { kind: 'order_broken', how: 'skipped' },
        { kind: 'order_broken', how: 'repeated' },
        { kind: 'order_broken', how: 'rolled_back' },
        { kind: 'burned', by: 'me', mine: true },
        { kind: 'newer_list', theirs: 12, mine: 11 },
        { kind: 'rejoined', member: ANA },
        { kind: 'restarted' },
        { kind: 'left', member: ANA },
        { kind: 'untrusted', reason: 'revoked' },
        { kind: 'untrusted', reason: 'list_stale' },
        { kind: 'not_kept' },
        { kind: 'removed' },
        { kind: 'change_refused', reason: 'unreadable' },
        { kind: 'change_refused', reason: 'stranger' },
      ),
    },
  }),
  'talk-not-kept': appStory({
    screen: 'talk',
    talk: { connection: 'not_kept', messages: said, notices: notices({ kind: 'not_kept' }) },
  }),
  'talk-joining': appStory({ screen: 'talk', talk: { connection: 'joining', messages: said } }),
  'talk-ended': appStory({
    screen: 'talk',
    talk: { connection: 'ended', messages: said, notices: notices({ kind: 'closed', by: 'ana', mine: false }) },
  }),
  'talk-more': appStory({ screen: 'talk', talk: { messages: said }, press: ['.tool + .tool'] }),
  'talk-timer': appStory({ screen: 'talk', talk: { messages: said }, press: ['.tool'] }),
  'talk-people': appStory({
    screen: 'talk',
    talk: { members: [ANA, RUTH, ME] },
    press: ['.tool + .tool', 'li:nth-child(1) > .entry'],
  }),
  'talk-words': appStory({ screen: 'talk', talk: {}, press: ['.tool + .tool', 'li:nth-child(2) > .entry'] }),
  'talk-keep': appStory({ screen: 'talk', talk: {}, press: ['.tool + .tool', 'li:nth-child(3) > .entry'] }),
  'talk-kept': appStory({
    screen: 'talk',
    talk: {},
    then: (visit) => void (visit.kept = KEPT),
    press: ['.tool + .tool', 'li:nth-child(3) > .entry'],
  }),
  'talk-numbers': appStory({ screen: 'talk', talk: {}, press: ['.tool + .tool', 'li:nth-child(4) > .entry'] }),
  'talk-burn': appStory({ screen: 'talk', talk: {}, press: ['.tool + .tool', 'li:nth-child(5) > .entry'] }),
  'talk-end': appStory({ screen: 'talk', talk: {}, press: ['.tool + .tool', 'li:nth-child(6) > .entry'] }),
}

export default stories
