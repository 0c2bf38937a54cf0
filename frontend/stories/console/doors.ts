import { ApiError } from '../../src/net/http'
import type { Stories } from '../story'
import { doorStory, SECRET } from '../support/console'

const PASSWORDS = { password: 'slow river under old stones', again: 'slow river under old stones' }
const LOGIN = { username: 'ana', password: 'slow river under old stones', totp: '123456' }
const invited = { setup: () => Promise.resolve(SECRET), setupConfirm: () => Promise.resolve({ csrf: '', user: null }) }
const refused = (code: string) => () => Promise.reject(new ApiError(code, 403))

/** Before anybody is logged in. */
const stories: Stories = {
  login: doorStory({}),
  'login-refused': doorStory({ login: refused('staff.login_failed') }, { fill: LOGIN, press: ['form .button'] }),
  unreachable: doorStory({ session: refused('net.unreachable') }),
  setup: doorStory(invited, { invitation: 'token' }),
  'setup-refused': doorStory(
    { setup: refused('staff.invitation_invalid') },
    { invitation: 'token', fill: PASSWORDS, press: ['form .button'] },
  ),
  'setup-unlike': doorStory(invited, { invitation: 'token', fill: { ...PASSWORDS, again: 'something else' } }),
  'setup-totp': doorStory(invited, { invitation: 'token', fill: PASSWORDS, press: ['form .button'] }),
}

export default stories
