/**
 * For `{@attach}`: calls `seen` once, when the element has been on a screen that somebody can see. A page in the background, or a message
 * that was never scrolled to, counts as unread.
 */
export function seenAttach(seen: () => void): (element: Element) => () => void {
  return (element) => {
    let inView = false
    const look = (): void => {
      if (!inView || document.visibilityState !== 'visible') return
      end()
      seen()
    }
    const watcher = new IntersectionObserver(
      (entries) => {
        inView = entries.at(-1)?.isIntersecting ?? false
        look()
      },
      { threshold: 0 },
    )
    const end = (): void => {
      watcher.disconnect()
      document.removeEventListener('visibilitychange', look)
    }
    watcher.observe(element)
    document.addEventListener('visibilitychange', look)
    return end
  }
}
