import { describe, expect, it } from '@jest/globals';
import { findLeaks } from './canary.ts';
import { WireRecorder } from './wire-recorder.ts';

const text = 'Zebra-Quartz ünïcode 42';

describe('the canary search', () => {
  it.each([
    ['raw', (b: Buffer) => b],
    ['hex', (b: Buffer) => Buffer.from(b.toString('hex'))],
    ['URL-encoded', (b: Buffer) => Buffer.from(encodeURIComponent(b.toString()))],
    ['UTF-16LE', (b: Buffer) => Buffer.from(b.toString(), 'utf16le')],
  ])('finds the text %s, wherever it stands', (name, encode) => {
    const hay = Buffer.concat([Buffer.from('before '), encode(Buffer.from(text)), Buffer.from(' after')]);
    expect(findLeaks(hay, text)).toContain(name);
  });

  it.each([0, 1, 2, 3, 4])('finds it inside longer base64 text, %i bytes in', (before) => {
    const longer = Buffer.concat([Buffer.alloc(before, 7), Buffer.from(text), Buffer.alloc(5, 9)]);
    expect(findLeaks(Buffer.from(longer.toString('base64')), text).join()).toMatch(/base64/);
  });

  it('finds nothing where nothing is', () => {
    expect(findLeaks(Buffer.from('nothing to see here'.repeat(100)), text)).toEqual([]);
  });

  it('sees through the mask of a client frame, even one that comes in pieces', () => {
    const payload = Buffer.from(text);
    const mask = Buffer.of(9, 8, 7, 6);
    const frame = Buffer.concat([
      Buffer.of(0x82, 0x80 | payload.length),
      mask,
      Buffer.from(payload.map((byte, index) => byte ^ mask[index % 4]!)),
    ]);
    const chunks: Buffer[] = [];
    const recorder = new WireRecorder(chunks);
    recorder.fromClient(Buffer.from('GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'));
    for (const byte of frame) recorder.fromClient(Buffer.of(byte));
    expect(findLeaks(Buffer.concat(chunks), text)).toContain('raw');
  });
});
