import { EXIT_CONFIG } from '@bytechat/config';

/** How the program ends. Scripts rely on these: never renumber. `verify` has its own three, as `diff` has. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** EX_UNAVAILABLE of sysexits.h: the server can't be reached, or nobody inside answers. */
  unavailable: 69,
  /** EX_NOPERM of sysexits.h: the server or the room says no. */
  refused: 77,
  /** EX_CONFIG of sysexits.h: of `config check`. */
  config: EXIT_CONFIG,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Of `verify`: what is served can't be compared. */
export const EXIT_NOT_COMPARED = 2;
