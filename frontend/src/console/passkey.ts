import type { Session, StaffApi } from './staff'

/** The person closed the browser's passkey window, or it timed out: nothing went wrong. */
export class PasskeyCancelled extends Error {
  constructor() {
    super('passkey_cancelled')
    this.name = 'PasskeyCancelled'
  }
}

/** Whether this browser can read and write passkeys in the JSON form that the server speaks. */
export function passkeysWork(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  )
}

/** Logs in with a passkey that the browser finds by itself; no username is typed or sent. */
export async function passkeyLogin(api: StaffApi): Promise<Session> {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await api.passkeyLoginOptions())
  const credential = await asked(navigator.credentials.get({ publicKey: options }))
  return api.passkeyLogin(credential.toJSON() as object)
}

/** Makes a passkey for the person who is logged in. */
export async function passkeyAdd(api: StaffApi): Promise<void> {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await api.passkeyOptions())
  const credential = await asked(navigator.credentials.create({ publicKey: options }))
  await api.passkeyAdd(credential.toJSON() as object)
}

async function asked(answer: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await answer
    if (credential instanceof PublicKeyCredential) return credential
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
  throw new PasskeyCancelled()
}
