import { describe, expect, it } from 'vitest'
import { Over, Tries } from '../../src/conversation/tries'
import { ApiError } from '../../src/net/http'
import { VirtualTime } from '../support/virtual_time'

function stage(): { time: VirtualTime; tries: Tries; reached: boolean[] } {
  const time = new VirtualTime()
  const reached: boolean[] = []
  const tries = new Tries({ time, random: () => 0.5 }, (answered) => reached.push(answered))
  return { time, tries, reached }
}

const failing = (errors: unknown[]): (() => Promise<string>) => {
  const left = [...errors]
  return () => (left.length === 0 ? Promise.resolve('answer') : Promise.reject(left.shift() as Error))
}

describe('a call that must be answered', () => {
  it.each([
    ['no network', new ApiError('net.unreachable', 0)],
    ['the page of a portal', new ApiError('net.bad_answer', 200)],
    ['a server that is busy', new ApiError('request.try_later', 503)],
    ['a server that asks for patience', new ApiError('request.slow_down', 429)],
  ])('is made again after %s', async (_what, error) => {
    const { time, tries, reached } = stage()
    const answer = tries.persist(failing([error, error]))
    await time.advance(5_000)
    expect(await answer).toBe('answer')
    expect(reached).toEqual([false, false, true])
  })

  it('waits as long as the server asks for', async () => {
    const { time, tries, reached } = stage()
    const answer = tries.persist(failing([new ApiError('request.slow_down', 429, 60_000)]))
    await time.advance(59_000)
    expect(reached).toEqual([false])
    await time.advance(1_000)
    expect(await answer).toBe('answer')
  })

  it('is not made again where the server refuses it', async () => {
    const { tries, reached } = stage()
    const refused = tries.persist(failing([new ApiError('hotline.not_waiting', 409)]))
    await expect(refused).rejects.toMatchObject({ code: 'hotline.not_waiting' })
    expect(reached).toEqual([true])
  })

  it('is made at once when somebody says that it is worth it', async () => {
    const { tries } = stage()
    const answer = tries.persist(failing([new ApiError('net.unreachable', 0)]))
    await new Promise((resolve) => setImmediate(resolve))
    tries.wake()
    expect(await answer).toBe('answer')
  })

  it('is given up when all is over, also where its answer comes then', async () => {
    const { tries } = stage()
    let arrive: (answer: string) => void = () => undefined
    const answer = tries.persist(() => new Promise<string>((resolve) => (arrive = resolve)))
    const waiting = tries.persist(failing([new ApiError('net.unreachable', 0)]))
    tries.close()
    arrive('late')
    await expect(answer).rejects.toBeInstanceOf(Over)
    await expect(waiting).rejects.toBeInstanceOf(Over)
  })
})
