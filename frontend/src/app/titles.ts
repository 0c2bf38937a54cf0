/** A new screen begins at its title: for the eyes at the top, for a screen reader with its words. */
export function titleFocus(title: HTMLElement): void {
  scrollTo(0, 0)
  title.focus({ preventScroll: true })
}

/** The same for what opens beside or over a conversation. */
export function panelFocus(title: HTMLElement): void {
  title.focus()
}
