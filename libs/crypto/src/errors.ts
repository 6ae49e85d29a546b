/** The client codes of PROTOCOL §6.19, and those that sizes and the life of a group need. Stable: never rename. */
export type BcErrorCode =
  | 'ERR_CODE'
  | 'ERR_KDF_WEAK'
  | 'ERR_FORMAT'
  | 'ERR_TOO_LARGE'
  | 'ERR_FULL'
  | 'ERR_TEXT_TOO_LONG'
  | 'ERR_CLOSED'
  | 'ERR_SUITE'
  | 'ERR_KEY'
  | 'ERR_INVITE'
  | 'ERR_KP_MAC'
  | 'ERR_KP_SIG'
  | 'ERR_KP_DUP'
  | 'ERR_KU'
  | 'ERR_KU_SIG'
  | 'ERR_KU_ROLLBACK'
  | 'ERR_CTL_MAC'
  | 'ERR_COMMIT_AEAD'
  | 'ERR_COMMIT_SIG'
  | 'ERR_TRANSCRIPT'
  | 'ERR_OP'
  | 'ERR_POLICY'
  | 'ERR_REMOVE_NEEDS_REKEY'
  | 'ERR_NO_WRAP'
  | 'ERR_WRAP_MAC'
  | 'ERR_KEY_GONE'
  | 'ERR_UNWRAP'
  | 'ERR_CONFIRM'
  | 'ERR_GI'
  | 'ERR_GI_SIG'
  | 'ERR_GI_SELF'
  | 'ERR_ROSTER'
  | 'ERR_AEAD'
  | 'ERR_SIG'
  | 'ERR_REPLAY'
  | 'ERR_EPOCH'
  | 'ERR_GAP'
  | 'ERR_FORK'
  | 'ERR_SEQ_GAP';

/** The only error this package throws on input. Messages name the rule that failed, never data. */
export class BcError extends Error {
  override readonly name = 'BcError';
  readonly code: BcErrorCode;

  constructor(code: BcErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
