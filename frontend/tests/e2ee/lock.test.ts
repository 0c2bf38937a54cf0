import { afterEach, describe, expect, it, vi } from 'vitest'
import { HeldElsewhere, lockTake } from '../../src/e2ee/lock'
import { FakeLocks } from './fake_locks'

afterEach(() => vi.unstubAllGlobals())

describe('one tab at a time', () => {
  it('says so at once where another tab holds the lock', async () => {
    const locks = new FakeLocks()
    await lockTake('a', { locks })
    await expect(lockTake('a', { locks })).rejects.toBeInstanceOf(HeldElsewhere)
  })

  it('gives the lock to the next tab after the first let go', async () => {
    const locks = new FakeLocks()
    const first = await lockTake('a', { locks })
    first.release()
    await new Promise((resolve) => setImmediate(resolve))
    await expect(lockTake('a', { locks })).resolves.toBeDefined()
  })

  it('waits for the other tab when asked to', async () => {
    const locks = new FakeLocks()
    const first = await lockTake('a', { locks })
    const second = lockTake('a', { locks, wait: new AbortController().signal })
    first.release()
    await expect(second).resolves.toBeDefined()
  })

  it('gives up waiting when told to, and does not hold the lock afterwards', async () => {
    const locks = new FakeLocks()
    const first = await lockTake('a', { locks })
    const patience = new AbortController()
    const second = lockTake('a', { locks, wait: patience.signal })
    patience.abort()
    await expect(second).rejects.toBeInstanceOf(HeldElsewhere)
    first.release()
    await new Promise((resolve) => setImmediate(resolve))
    await expect(lockTake('a', { locks })).resolves.toBeDefined()
  })

  it('keeps locks of different names apart', async () => {
    const locks = new FakeLocks()
    await lockTake('a', { locks })
    await expect(lockTake('b', { locks })).resolves.toBeDefined()
  })

  it('promises nothing in a browser without locks', async () => {
    vi.stubGlobal('navigator', {})
    await expect(lockTake('a')).rejects.toBeInstanceOf(HeldElsewhere)
  })
})
