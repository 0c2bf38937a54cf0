/** What only the console needs beyond index.ts: making and checking certificates, requests, lists and intake keys. */

export { deviceKeys, deviceKeysExport, deviceKeysImport, deviceRequest, staffKeys } from './devices'
export type { DeviceKeys } from './devices'
export { staffIdentity, staffIdentitySplit, verifyStaffIdentity } from './identity'
export { bytesCompare, signedDecode, signedEncode } from './signed'
export type {
  Body,
  DeviceCertificate,
  DeviceRequest,
  IntakeKey,
  Kind,
  RevocationList,
  SigningCertificate,
} from './signed'
export * from './verify'
