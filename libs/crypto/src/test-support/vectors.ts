type Fields<K extends string> = Record<K, string>;

type ScheduleVector = Fields<
  | 'init'
  | 'commit_secret'
  | 'gc_hash'
  | 'psk'
  | 'joiner'
  | 'epoch'
  | 'enc'
  | 'header'
  | 'handshake'
  | 'confirm'
  | 'authenticator'
  | 'welcome_key'
>;

interface RoomVector extends Fields<
  'joiner_sig_pkcs8' | 'joiner_rsa_pkcs8' | 'key_package' | 'commit_common' | 'group_info' | 'envelope'
> {
  joiner_dh_pkcs8: string | null;
  kp_time_ms: number;
  welcome: Fields<'kph' | 'gid' | 'eph' | 'wrap' | 'tag' | 'commit_id'> & { idx: number; epoch: number };
  expect: Fields<'authenticator' | 'T1' | 'gc_hash'>;
  plaintext: Record<'idx' | 'ctr' | 'ctype' | 'sent' | 'ttl' | 'sctr' | 'seq_ack', number> & {
    body_utf8: string;
  };
}

/** The shape of vectors/bc1.json; bytes are hexadecimal. */
export interface Vectors {
  invite: Fields<'ls' | 'code'> & {
    no_password: Fields<'rid' | 'gate' | 'join' | 'ctl' | 'psk' | 'root'>;
    password: Fields<'password' | 'rid' | 'gate' | 'join' | 'ctl' | 'psk' | 'root'> & {
      kdf: 1;
      iterations: number;
    };
  };
  dk: Fields<'secret' | 'label' | 'ctx' | 'info' | 'out' | 'out64_step_ctr5'>;
  mix: Fields<'salt' | 'ikm' | 'label' | 'ctx' | 'out'>;
  schedule_rekey: ScheduleVector;
  schedule_add: ScheduleVector;
  ratchet: { idx: number; mid: string; ck0: string; steps: ({ ctr: number } & Fields<'mk' | 'ck_next'>)[] };
  header_mask: Fields<'hp' | 'iv' | 'ct_last16' | 'mask'>;
  transcript: Fields<'gid' | 'T0'> & { items: ({ seq: number } & Fields<'bytes' | 'T'>)[] };
  room_suite1: RoomVector;
  room_suite2: RoomVector;
}
