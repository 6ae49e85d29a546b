import { InjectionToken } from '@angular/core';

/** A picture that the browser has read, without anything that was hidden in its file. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** Draws it at this size and writes it anew; over white where the type knows no transparency. */
  encode(width: number, height: number, type: string, quality: number): Promise<Blob>;
  close(): void;
}

export interface ImageCodec {
  /** Undefined when the browser can't read it as a picture. */
  decode(file: Blob): Promise<DecodedImage | undefined>;
}

export const IMAGE_CODEC = new InjectionToken<ImageCodec>('IMAGE_CODEC', {
  providedIn: 'root',
  factory: () => ({ decode: decodeInBrowser }),
});

async function decodeInBrowser(file: Blob): Promise<DecodedImage | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return undefined;
  return {
    width: bitmap.width,
    height: bitmap.height,
    encode: (width, height, type, quality) => encode(bitmap, { width, height }, type, quality),
    close: () => bitmap.close(),
  };
}

function encode(
  bitmap: ImageBitmap,
  { width, height }: { width: number; height: number },
  type: string,
  quality: number,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  if (type === 'image/jpeg') {
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type, quality });
}
