import { renderANSI, renderUnicodeCompact } from 'uqr';
import type { Io } from '../io.ts';

/** Modules of quiet zone: half of the standard's, which phones read well and 80 columns hold. */
const BORDER = 2;

/** A QR code for the terminal: dark on light in colours, or else in blocks for a dark terminal. Empty elsewhere. */
export function qrFor(text: string, { stdout }: Io): string {
  if (!stdout.isTTY) return '';
  const render = stdout.hasColors?.() ? renderANSI : renderUnicodeCompact;
  return `${render(text, { border: BORDER })}\n`;
}
