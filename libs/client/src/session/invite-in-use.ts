import type { Invite } from '@bytechat/crypto';

const PARTS = ['rid', 'gate', 'joinKey', 'controlKey', 'psk'] as const;

/**
 * The link has changed. In place, since all who come in or check others by it hold the same object; what it was before
 * is overwritten, and so is `next`.
 */
export function replaceInvite(held: Invite, next: Invite): void {
  for (const part of PARTS) {
    held[part].fill(0);
    held[part] = next[part].slice();
  }
  eraseInvite(next);
}

export function eraseInvite(invite: Invite): void {
  for (const part of PARTS) invite[part].fill(0);
}
