import { describe, expect, it } from 'vitest'
import { codeOf, ConsoleRefusal, StaffApi } from '../../src/console/staff'
import { StorageRefused } from '../../src/console/keystore'
import { Untrusted } from '../../src/e2ee/types'
import { ApiError } from '../../src/net/http'

interface Sent {
  url: string
  init: RequestInit
}

function apiTo(answer: (url: string) => Response | Promise<Response>): { api: StaffApi; sent: Sent[] } {
  const sent: Sent[] = []
  const api = new StaffApi(async (url, init) => {
    sent.push({ url, init })
    return answer(url)
  })
  return { api, sent }
}
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status })
const SESSION = { csrf: 'value', user: null }

describe('the staff calls', () => {
  it('carry the value of the last session in everything that changes something', async () => {
    const { api, sent } = apiTo((url) =>
      url.endsWith('session') ? json(SESSION) : new Response(null, { status: 204 }),
    )
    await api.session()
    await api.shift(true)
    expect(sent[1]?.url).toBe('/api/v1/staff/shift')
    expect(new Headers(sent[1]?.init.headers).get('X-CSRFToken')).toBe('value')
    expect(new Headers(sent[0]?.init.headers).has('X-CSRFToken')).toBe(false)
  })

  it('stay within our own origin, and tell nobody where they come from', async () => {
    const { api, sent } = apiTo(() => json(SESSION))
    await api.session()
    api.logoutUnheard()
    for (const { init } of sent)
      expect(init).toMatchObject({
        mode: 'same-origin',
        credentials: 'same-origin',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      })
  })

  it('say once that the session is over', async () => {
    let told = 0
    const { api } = apiTo(() => json({ code: 'staff.login_required', message: '' }, 401))
    api.onSessionLost(() => (told += 1))
    await expect(api.queue()).rejects.toThrow(ApiError)
    expect(told).toBe(1)
  })

  it('that never arrive are told apart from refusals', async () => {
    const { api } = apiTo(() => Promise.reject(new TypeError('network')))
    expect(await api.queue().catch(codeOf)).toBe('net.unreachable')
    const refused = apiTo(() => json({ code: 'request.not_found', message: '' }, 404))
    expect(await refused.api.queue().catch(codeOf)).toBe('request.not_found')
  })

  it('leave by themselves at the exit, and outlive the page', () => {
    const { api, sent } = apiTo(() => Promise.reject(new TypeError('gone')))
    api.logoutUnheard()
    expect(sent[0]).toMatchObject({ url: '/api/v1/staff/logout', init: { keepalive: true, method: 'POST' } })
  })
})

describe('a code', () => {
  it.each([
    [new ApiError('hotline.already_claimed', 409), 'hotline.already_claimed'],
    [new ConsoleRefusal('wrong_root'), 'wrong_root'],
    [new Untrusted('revoked'), 'untrusted'],
    [new StorageRefused(), 'storage'],
    [new Error('whatever'), 'unexpected'],
    ['not even an error', 'unexpected'],
  ])('is found for %s', (error, code) => {
    expect(codeOf(error)).toBe(code)
  })
})
