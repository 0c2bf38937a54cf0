/**
 * Keeps the conversation as high as what is visible of the window, so that the composer stays above a keyboard that covers the page
 * instead of resizing it (Safari on iOS). Elsewhere the style sheet alone does it.
 */
export function viewportFollow(): (() => void) | undefined {
  const seen = window.visualViewport
  if (!seen) return undefined
  const root = document.documentElement
  const follow = (): void => {
    // Zoomed in by hand the visible part is smaller too, and no keyboard is the reason.
    if (seen.scale > 1.01) return
    root.style.setProperty('--visible', `${Math.round(seen.height)}px`)
    if (seen.offsetTop > 0) scrollTo(0, 0)
  }
  follow()
  seen.addEventListener('resize', follow)
  return () => {
    seen.removeEventListener('resize', follow)
    root.style.removeProperty('--visible')
  }
}
