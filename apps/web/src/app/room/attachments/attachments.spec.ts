import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ChatMessage } from '@bytechat/client';
import { aMessage } from '../../../testing/fake-room-client.ts';
import { Visitor } from '../../../testing/visitor.ts';
import { IMAGE_CODEC } from './image-codec.ts';

/** A PNG of 640 × 480 as far as its header goes. */
const PICTURE = Uint8Array.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  ...[0, 0, 2, 0x80, 0, 0, 1, 0xe0, 8, 2, 0, 0, 0],
]);
const SVG = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');

const withFile = (
  change: Partial<ChatMessage['attachment']> = {},
  message: Partial<ChatMessage> = {},
): ChatMessage =>
  aMessage({
    id: 'f1',
    text: '',
    attachment: { name: 'plan.pdf', mediaType: 'application/pdf', size: 4_200, ...change },
    ...message,
  });

const urls = new Map<string, Blob>();
const saved: { name: string; type: string }[] = [];

beforeEach(() => {
  urls.clear();
  saved.length = 0;
  let last = 0;
  URL.createObjectURL = (blob) => {
    const url = `blob:test/${(last += 1)}`;
    urls.set(url, blob as Blob);
    return url;
  };
  URL.revokeObjectURL = (url) => void urls.delete(url);
  jest.spyOn(console, 'info').mockImplementation(() => undefined);
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    if (this.download) saved.push({ name: this.download, type: urls.get(this.href)?.type ?? '' });
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  Reflect.deleteProperty(URL, 'createObjectURL');
  Reflect.deleteProperty(URL, 'revokeObjectURL');
});

const inARoom = async (): Promise<Visitor> => {
  TestBed.overrideProvider(IMAGE_CODEC, { useValue: { decode: async () => undefined } });
  return Visitor.inARoom();
};

/** As if the browser's own window had been used. */
async function picks(visitor: Visitor, ...files: File[]): Promise<void> {
  const field = visitor.one('file-picker') as HTMLInputElement;
  Object.defineProperty(field, 'files', { configurable: true, value: files });
  Object.defineProperty(field, 'value', { configurable: true, writable: true, value: '' });
  field.dispatchEvent(new Event('change'));
  await visitor.waits();
}

const notes = new File(['text'], 'notes.txt', { type: 'text/plain' });
const photo = new File(['photo'], 'beach.jpg', { type: 'image/jpeg' });

describe('sending files', () => {
  it('asks first, and sends what is left in the list', async () => {
    const visitor = await inARoom();
    await picks(visitor, notes, photo);
    expect(visitor.texts('picked')).toHaveLength(2);
    visitor.all('unpick')[0]!.click();
    await visitor.waits();
    await visitor.clicks('send-files');
    await visitor.waits();
    expect(visitor.client.asked('attach')).toMatchObject([{ name: 'beach.jpg', mediaType: 'image/jpeg' }]);
    expect(visitor.sees('send-files')).toBe(false);
  });

  it('tells what becomes of hidden details, before and after the person chooses', async () => {
    const visitor = await inARoom();
    await picks(visitor, photo);
    expect(visitor.texts('metadata-hint')[0]).toContain('is removed');
    await visitor.clicks('original');
    expect(visitor.texts('metadata-hint')[0]).toContain('keep everything');
  });

  it('keeps what was refused in the list, with the reason', async () => {
    const visitor = await inARoom();
    visitor.client.refusals.set('attach', { code: 'ERR_BLOB_TOO_LARGE' });
    await picks(visitor, notes);
    await visitor.clicks('send-files');
    await visitor.waits();
    expect(visitor.texts('picked')).toHaveLength(1);
    expect(visitor.pageText).toContain('larger than this server takes');
  });

  it('takes files that are dropped or pasted, but not text', async () => {
    const visitor = await inARoom();
    const drop = Object.assign(new Event('drop', { cancelable: true }), {
      dataTransfer: { types: ['Files'], files: [notes] },
    });
    document.dispatchEvent(drop);
    await visitor.waits();
    expect(drop.defaultPrevented).toBe(true);
    expect(visitor.texts('picked')[0]).toContain('notes.txt');
    await visitor.clicks('close-dialog');
    const paste = (text: string, files: File[]): Event =>
      Object.assign(new Event('paste', { cancelable: true, bubbles: true }), {
        clipboardData: { getData: () => text, files },
      });
    document.dispatchEvent(paste('a table of a spreadsheet', [photo]));
    await visitor.waits();
    expect(visitor.sees('picked')).toBe(false);
    document.dispatchEvent(paste('', [photo]));
    await visitor.waits();
    expect(visitor.texts('picked')[0]).toContain('beach.jpg');
  });

  it('shows how far a file is, and cancels it', async () => {
    const visitor = await inARoom();
    await visitor.hears({ type: 'message', message: withFile({}, { own: true, state: 'sending' }) });
    await visitor.hears({
      type: 'transfer',
      transfer: { id: 'f1', direction: 'up', done: 3, total: 8 },
    });
    const bar = visitor.one('transfer') as HTMLProgressElement;
    expect([bar.value, bar.max, bar.getAttribute('aria-label')]).toEqual([3, 8, 'Sending plan.pdf']);
    const status = (): string => visitor.one('attachment').querySelector('[role=status]')!.textContent;
    expect(status()).toBe('Sending plan.pdf: 25%');
    await visitor.clicks('cancel-transfer');
    expect(visitor.client.asked('discard')).toEqual(['f1']);
    expect(visitor.sees('attachment')).toBe(false);
  });
});

describe('a file in the conversation', () => {
  it('is saved under its name, as bytes of no type', async () => {
    const visitor = await inARoom();
    await visitor.hears({
      type: 'message',
      message: withFile({ name: 'page.html', mediaType: 'text/html' }),
    });
    await visitor.clicks('save-file');
    await visitor.waits();
    expect(visitor.client.asked('download')).toEqual(['f1']);
    expect(saved).toEqual([{ name: 'page.html', type: 'application/octet-stream' }]);
  });

  it('can be answered and taken back, but neither edited nor copied as text', async () => {
    const visitor = await inARoom();
    const self = { mid: 'aa1', idx: 0, name: 'Ada', self: true, owner: true, present: true };
    await visitor.hears({ type: 'members', members: [self] });
    await visitor.hears({ type: 'message', message: withFile({}, { own: true, mid: 'aa1' }) });
    await visitor.presses('composer', 'ArrowUp');
    expect(visitor.sees('composing')).toBe(false);
    await visitor.clicks('message-actions');
    expect([visitor.sees('menu-delete'), visitor.sees('menu-edit'), visitor.sees('copy-text')]).toEqual([
      true,
      false,
      false,
    ]);
    await visitor.clicks('menu-reply');
    expect(visitor.texts('composing')[0]).toContain('plan.pdf');
  });

  it('tells in words when it is gone or isn’t what was described', async () => {
    const visitor = await inARoom();
    await visitor.hears({ type: 'message', message: withFile() });
    visitor.client.refusals.set('download', { code: 'ERR_FILE_DAMAGED' });
    await visitor.clicks('save-file');
    await visitor.waits();
    expect(visitor.pageText).toContain('isn’t the one its sender described');
    expect(saved).toEqual([]);
  });

  it('shows its preview, and the whole picture when that is wanted', async () => {
    const visitor = await inARoom();
    visitor.client.file = PICTURE;
    await visitor.hears({ type: 'message', message: withFile({ name: 'sea.png', preview: PICTURE }) });
    expect(visitor.client.asked('download')).toEqual([]);
    expect([...urls.values()].map(({ type }) => type)).toEqual(['image/png']);
    await visitor.clicks('show-picture');
    await visitor.waits();
    const picture = visitor.one('picture') as HTMLImageElement;
    expect([picture.alt, urls.get(picture.src)?.type]).toEqual(['sea.png', 'image/png']);
    await visitor.clicks('close-dialog');
    expect(urls.size).toBe(1);
  });

  it.each([
    ['an SVG', SVG],
    [
      'a picture that would unfold to a gigapixel',
      PICTURE.map((byte, at) => (at === 17 || at === 21 ? 255 : byte)),
    ],
  ])('never shows %s: not as a preview, not whole', async (_, bytes) => {
    const visitor = await inARoom();
    await visitor.hears({
      type: 'message',
      message: withFile({ name: 'x.png', mediaType: 'image/png', preview: bytes }),
    });
    expect([visitor.sees('show-picture'), urls.size]).toEqual([false, 0]);
    visitor.client.file = bytes;
    await visitor.hears({ type: 'message', message: withFile({ preview: PICTURE }, { id: 'f2' }) });
    await visitor.clicks('show-picture');
    await visitor.waits();
    expect(visitor.sees('picture')).toBe(false);
    expect(visitor.pageText).toContain('can’t be shown here');
  });

  it('takes its addresses back when it expires, and closes what shows it', async () => {
    const visitor = await inARoom();
    visitor.client.file = PICTURE;
    await visitor.hears({ type: 'message', message: withFile({ preview: PICTURE }) });
    await visitor.clicks('show-picture');
    await visitor.waits();
    expect(urls.size).toBe(2);
    await visitor.hears({ type: 'expired', ids: ['f1'] });
    await visitor.waits();
    expect([visitor.sees('picture'), urls.size]).toEqual([false, 0]);
  });

  it('takes its addresses back when the person leaves, also by panic', async () => {
    const visitor = await inARoom();
    await visitor.hears({ type: 'message', message: withFile({ preview: PICTURE }) });
    await visitor.clicks('save-file');
    await visitor.waits();
    expect(urls.size).toBe(2);
    for (let press = 0; press < 3; press += 1) await visitor.presses('composer', 'Escape');
    expect(urls.size).toBe(0);
  });
});
