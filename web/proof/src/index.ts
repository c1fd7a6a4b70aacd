export type { Seconds } from "./claims.ts";
export {
  type Enrolment,
  freshNonce,
  generateReceiptKeys,
  generateSealingKeys,
  publicJwk,
  type Receipt,
  type ReceiptEvent,
  type Report,
  type StatusRequest,
  signEnrolment,
  signReceipt,
  signReport,
  signStatusRequest,
} from "./device.ts";
export { peekClaims } from "./jws.ts";
export {
  type BankJwk,
  type BankJwks,
  importKeyring,
  type Keyring,
  type KeyUse,
} from "./keyring.ts";
export {
  type Announcement,
  type Caller,
  type Photo,
  type Verdict,
  verifyPassport,
} from "./passport.ts";
export { loadPhoto, type PhotoVerdict } from "./photo.ts";
export { memoryOnly, type ReplayMemory } from "./replay.ts";
export { type Envelope, type LastHop, type Opened, openSealed, type SealedType } from "./seal.ts";
export { ANSWERS, type Answer, type Status, type StatusVerdict, verifyStatus } from "./status.ts";
export type { Trust } from "./trust.ts";
export { type CallUpdate, type UpdateVerdict, verifyCallUpdate } from "./update.ts";
export { CODES, type Code, type Rejected } from "./verdict.ts";
