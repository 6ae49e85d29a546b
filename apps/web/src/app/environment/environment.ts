import { DOCUMENT, inject, InjectionToken } from '@angular/core';

/** What this browser or address lacks, most telling first; undefined when everything is there. */
export type MissingPiece = 'insecureContext' | 'webCrypto' | 'worker';

/** Looks for what the encryption needs: a secure context, WebCrypto and workers. */
export function missingPiece(scope: object): MissingPiece | undefined {
  const window = scope as Partial<Pick<Window & typeof globalThis, 'isSecureContext' | 'crypto' | 'Worker'>>;
  if (window.isSecureContext !== true) return 'insecureContext';
  if (!('subtle' in (window.crypto ?? {}))) return 'webCrypto';
  if (typeof window.Worker !== 'function') return 'worker';
  return undefined;
}

export const MISSING_PIECE = new InjectionToken<MissingPiece | undefined>('MISSING_PIECE', {
  providedIn: 'root',
  factory: () => missingPiece(inject(DOCUMENT).defaultView!),
});
