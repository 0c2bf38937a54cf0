/** Workers, from our own files only: the policy that Trusted Types asks for lets no other address through. */

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

const NAME = 'quietline-worker'
const NO_RULES: Pick<TrustedTypes, 'createPolicy'> = { createPolicy: (_name, rules) => rules }
let policy: { createScriptURL(url: string): string } | null = null

/** `url` itself. Throws `TypeError` for anything but one of this site's own workers. */
export function ownWorker(url: string, page: string): string {
  const { protocol, origin, pathname } = new URL(url, page)
  if (protocol === 'blob:' || origin !== new URL(page).origin || !/\.worker[.-][\w.-]+$/.test(pathname))
    throw new TypeError('no worker of ours')
  return url
}

export function workerStart(url: string): Worker {
  const { trustedTypes = NO_RULES } = globalThis as { trustedTypes?: TrustedTypes }
  // A name can be registered once in a page.
  policy ??= trustedTypes.createPolicy(NAME, { createScriptURL: (address) => ownWorker(address, location.href) })
  return new Worker(policy.createScriptURL(url), { type: 'module' })
}
