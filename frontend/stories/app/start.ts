import type { Stories } from '../story'
import { never, ORGANISATION, OTHER } from '../support/facts'
import { appStory } from '../support/visits'

class ApiError extends Error {
  override name = 'ApiError'
  readonly code = 'net.unreachable'
}
class TrustRefused extends Error {
  override name = 'TrustRefused'
  readonly reason: string
  readonly clockOff: boolean
  constructor(reason: string, clockOff = false) {
    super(reason)
    this.reason = reason
    this.clockOff = clockOff
  }
}
const refused = (reason: string, clockOff = false) => ({
  believe: () => Promise.reject(new TrustRefused(reason, clockOff)),
})

/** From the door to what is asked. */
const stories: Stories = {
  loading: appStory({ core: { organisations: never } }),
  unreachable: appStory({ core: { organisations: () => Promise.reject(new ApiError()) } }),
  nobody: appStory({ core: { organisations: () => Promise.resolve([]) } }),
  who: appStory({}),
  'who-letters': appStory({ press: ['.choice summary'] }),
  'who-linked': appStory({ fingerprint: 'A'.repeat(27) }),
  'who-linked-wrong': appStory({
    fingerprint: 'A'.repeat(27),
    core: {
      organisations: () => Promise.resolve([ORGANISATION, OTHER]),
      ...refused('root'),
    },
  }),
  'who-several': appStory({ core: { organisations: () => Promise.resolve([ORGANISATION, OTHER]) } }),
  'who-checking': appStory({ core: { believe: never } }),
  'who-refused': appStory({ core: refused('signature') }),
  'who-clock': appStory({ core: refused('time', true) }),
  before: appStory({ screen: 'before' }),
  'before-unwritten': appStory({ screen: 'before', then: (visit) => void (visit.choice.chosen = OTHER) }),
  safe: appStory({ screen: 'safe' }),
  later: appStory({ screen: 'later' }),
  ask: appStory({ screen: 'ask' }),
  'ask-more': appStory({
    screen: 'ask',
    then: (visit) => {
      Object.assign(visit.draft, { level: 'now', country: 'US', text: 'x'.repeat(2001) })
      visit.draft.topics = ['need_shelter', 'docs_confiscated']
    },
    press: ['form details summary'],
  }),
  'ask-missing': appStory({ screen: 'ask', press: ['form > .button.main'] }),
  back: appStory({ screen: 'back' }),
  ended: appStory({ screen: 'ended' }),
  'ended-withdrawn': appStory({ screen: 'ended', then: (visit) => void (visit.ending = 'withdrawn') }),
}

export default stories
