export {
  type AttachmentKey,
  AttachmentOpener,
  chunkOf,
  sealAttachment,
  type SealedAttachment,
} from './attachment.ts';
export {
  type AttachmentManifest,
  decodeManifest,
  encodeManifest,
  MAX_FILE_NAME_BYTES,
  MAX_PREVIEW_BYTES,
} from './attachment-manifest.ts';
export {
  CHUNK_BYTES,
  CHUNK_OVERHEAD,
  chunkCount,
  MAX_ATTACHMENT_BYTES,
  paddedSize,
  sealedSize,
} from './attachment-size.ts';
export type { Bytes } from './bytes.ts';
export type { RemoveReason } from './commit-ops.ts';
export { CONTENT_TYPES, type Content, MAX_TEXT_UNITS } from './content.ts';
export { isEmoji } from './emoji.ts';
export { BcError, type BcErrorCode } from './errors.ts';
export { type CommitEffect, Group } from './group.ts';
export {
  createIdentity,
  type Identity,
  type KeySource,
  memberId,
  signResume,
  webCryptoKeySource,
} from './identity.ts';
export type { HeldMessage } from './history.ts';
export { deriveInvite, deriveRid, type Invite, type PasswordStretch } from './invite.ts';
export { createInviteCode, decodeInviteCode, formatInviteCode } from './invite-code.ts';
export type { Welcome } from './join.ts';
export { checkKeyPackage, type CheckedKeyPackage, createKeyPackage, type KeyPackage } from './key-package.ts';
export { KeyRollbackError } from './key-updates.ts';
export { ForkError, type Opened } from './messages.ts';
export { encodeMessageBody, type MessageBody, readMessageBody } from './message-body.ts';
export { type Nack, type NackCode, nackCodeOf } from './nack.ts';
export { encodeParams, type GroupParams } from './params.ts';
export type { CommitChange, PreparedCommit } from './prepare-commit.ts';
export type { RosterEntry } from './roster.ts';
export type { RotatedInvite, RotationPassword } from './rotation.ts';
export {
  compareSafetyCodes,
  memberFingerprint,
  readSafetyCode,
  safetyCode,
  type SafetyCode,
  type SafetyComparison,
  type SafetyView,
  safetyWords,
} from './safety.ts';
export { SIGNAL_KINDS, type SignalKind } from './signal.ts';
export type { Suite } from './suites.ts';
export { itemHash, type Position } from './transcript.ts';
