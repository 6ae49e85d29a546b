import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import type { Person } from './person.ts';

export interface PickedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What a person does with files. Selectors stay in here. */
export async function attaches(
  { page }: Person,
  files: PickedFile[],
  wishes: { original?: boolean } = {},
): Promise<void> {
  await page.getByTestId('file-picker').setInputFiles(files);
  if (wishes.original) await page.getByTestId('original').check();
  await page.getByTestId('send-files').click();
  await page.getByTestId('send-files').waitFor({ state: 'detached' });
}

export const fileOf = ({ page }: Person, name: string): Locator =>
  page.getByTestId('message').filter({ has: page.getByTestId('attachment').filter({ hasText: name }) });

export const seesFile = (person: Person, name: string): Promise<void> =>
  fileOf(person, name).waitFor({ timeout: 60_000 });

export async function savesFile(person: Person, name: string): Promise<Buffer> {
  const started = person.page.waitForEvent('download');
  await fileOf(person, name).getByTestId('save-file').click();
  const download = await started;
  if (download.suggestedFilename() !== name) throw new Error(`Saved as ${download.suggestedFilename()}`);
  return readFile(await download.path());
}

/** Opens the picture and answers with its size in pixels as it is shown. */
export async function looksAt(person: Person, name: string): Promise<{ width: number; height: number }> {
  await fileOf(person, name).getByTestId('show-picture').click();
  const picture = person.page.getByTestId('picture');
  await picture.waitFor();
  const size = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  });
  await person.page.getByTestId('close-dialog').click();
  return size;
}

/** Resolves when this many chunks of a file have been handed over. */
export async function hasSent({ page }: Person, chunks: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.querySelector<HTMLProgressElement>('[data-testid=transfer]')?.value ?? 0) >= wanted,
    chunks,
    { polling: 20, timeout: 30_000 },
  );
}

/** A photo as a camera writes it: with a note of where and by whom it was taken, in front of the picture. */
export async function photoWith({ page }: Person, note: string, side = 2_200): Promise<Buffer> {
  const drawn = await page.evaluate(async (length) => {
    const canvas = new OffscreenCanvas(length, length / 2);
    const context = canvas.getContext('2d')!;
    for (let at = 0; at < 40; at++) {
      context.fillStyle = `hsl(${at * 9} 70% 50%)`;
      context.fillRect((at * length) / 40, 0, length / 40, length / 2);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  }, side);
  const jpeg = Buffer.from(drawn);
  const payload = Buffer.from(`Exif\0\0MM\0*\0\0\0\x08GPSLatitude ${note}`, 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(payload.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, payload, jpeg.subarray(2)]);
}
