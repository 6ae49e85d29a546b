import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import jsQR from 'jsqr';
import { A_CODE } from '../../testing/fake-room-client.ts';
import { pixelsOf } from '../../testing/qr-pixels.ts';
import { Visitor } from '../../testing/visitor.ts';
import { qrPicture } from '../ui/qr-picture.ts';

/** What an independent reader makes of the picture on the page. */
function read(picture: { size: number; path: string }): string | undefined {
  const { data, side } = pixelsOf(picture);
  return jsQR(data, side, side, { inversionAttempts: 'dontInvert' })?.data;
}

describe('the invite dialog', () => {
  it('shows link, code and how long they are good, and a picture that another reader reads', async () => {
    jest.spyOn(console, 'info').mockReturnValue();
    const visitor = await Visitor.inARoom();
    await visitor.clicks('open-invite');
    await visitor.waits();
    const link = `${location.origin}/room#1.${A_CODE}`;
    expect((visitor.one('invite-link') as HTMLInputElement).value).toBe(link);
    expect(visitor.texts('invite-expiry')[0]).toContain('An empty room ends by itself');
    const svg = visitor.one('qr').querySelector('svg')!;
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.getAttribute('aria-label')).toBe('QR code of the invite link');
    const size = Number(svg.getAttribute('viewBox')!.split(' ')[2]);
    const path = svg.querySelector('.qr-dark')!.getAttribute('d')!;
    expect(read({ size, path })).toBe(link);
    expect(visitor.sees('share')).toBe(false);
  });

  it('hands link and title to the system’s share sheet where there is one', async () => {
    jest.spyOn(console, 'info').mockReturnValue();
    const shared: unknown[] = [];
    const share = async (data: unknown) => void shared.push(data);
    Object.defineProperty(navigator, 'share', { configurable: true, value: share });
    const visitor = await Visitor.inARoom();
    await visitor.clicks('open-invite');
    await visitor.clicks('share');
    expect(shared).toEqual([{ title: 'A private room', url: `${location.origin}/room#1.${A_CODE}` }]);
    Reflect.deleteProperty(navigator, 'share');
  });
});

describe('a QR picture', () => {
  it('is read by an independent decoder, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 120 }), async (text) => {
        expect(read(await qrPicture(text))).toBe(text);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves four light modules around itself', async () => {
    const { size, path } = await qrPicture('x');
    const { dark } = pixelsOf({ size, path });
    for (let y = 0; y < size; y += 1)
      for (let x = 0; x < size; x += 1)
        if (Math.min(x, y, size - 1 - x, size - 1 - y) < 4) expect(dark(x, y)).toBe(false);
  });
});
