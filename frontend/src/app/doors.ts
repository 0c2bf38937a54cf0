/** What the arrival page shows only where scripts run: the doors to the app, and how leaving works then. */
export function doorsOpen(page: ParentNode): void {
  for (const part of page.querySelectorAll('#start, #leaving-script')) part.removeAttribute('hidden')
}
