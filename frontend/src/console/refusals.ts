import { t } from '../shared/fluent'

/** The codes that have words of their own here. Any other gets the general words. */
export const REFUSALS = [
  'net.unreachable',
  'staff.login_failed',
  'staff.login_required',
  'staff.invitation_invalid',
  'staff.password_weak',
  'staff.code_wrong',
  'staff.passkey_refused',
  'staff.list_not_newer',
  'staff.request_mismatch',
  'staff.certificate_not_newer',
  'request.slow_down',
  'request.not_found',
  'request.invalid',
  'request.try_later',
  'hotline.already_claimed',
  'hotline.note_mismatch',
  'hotline.device_not_certified',
  'hotline.wrong_state',
  'console.no_intake_key',
  'console.not_opened',
  'no_signing_device',
  'wrong_certificate',
  'wrong_root',
  'revoked',
  'untrusted',
  'storage',
] as const

/** The id of the text for a code, whatever about a signed object was not believed being one matter: dots and underscores become dashes, as Fluent wants it. */
export function refusalId(code: string): string {
  const shown = code.startsWith('trust.') ? 'untrusted' : code
  const known = (REFUSALS as readonly string[]).includes(shown) ? shown : 'unexpected'
  return `console-refusal-${known.replaceAll(/[._]/g, '-')}`
}

/** Calm words for a stable code. */
export function refusalText(code: string): string {
  return t(refusalId(code))
}
