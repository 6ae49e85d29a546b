import type { Transfer } from '@bytechat/client';

/** How far the files are that are on their way, by message. */
export type Transfers = ReadonlyMap<string, Transfer>;

export const NO_TRANSFERS: Transfers = new Map();

export function withTransfer(transfers: Transfers, transfer: Transfer): Transfers {
  return new Map(transfers).set(transfer.id, transfer);
}

export function withoutTransfers(transfers: Transfers, ids: readonly string[]): Transfers {
  if (!ids.some((id) => transfers.has(id))) return transfers;
  return new Map([...transfers].filter(([id]) => !ids.includes(id)));
}
