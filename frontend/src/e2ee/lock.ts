/** One tab at a time: two that advanced one state would use the same keys twice. The lock falls with the tab, however it ends. */

export const KEPT_CONVERSATION = 'quietline-kept'

/** Another tab has it. */
export class HeldElsewhere extends Error {
  override name = 'HeldElsewhere'
}

export interface TabLock {
  release(): void
}

export interface LockOptions {
  /** Wait until the other tab lets go, or this gives up. Without it the answer comes at once. */
  readonly wait?: AbortSignal
  readonly locks?: Pick<LockManager, 'request'>
}

/** Throws `HeldElsewhere`; also where waiting was given up, and where a browser has no locks and so nothing can be promised. */
export function lockTake(name: string, o: LockOptions = {}): Promise<TabLock> {
  const locks = o.locks ?? (navigator.locks as LockManager | undefined)
  if (locks === undefined) return Promise.reject(new HeldElsewhere())
  const how = o.wait === undefined ? { ifAvailable: true } : { signal: o.wait }
  return new Promise((resolve, reject) => {
    locks
      .request(name, { mode: 'exclusive', ...how }, (lock) => {
        if (lock === null) return reject(new HeldElsewhere())
        return new Promise<void>((release) => resolve({ release }))
      })
      .catch(() => reject(new HeldElsewhere()))
  })
}
