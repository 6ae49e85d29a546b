import type { FileToSend } from '@bytechat/client';
import type { DecodedImage, ImageCodec } from './image-codec.ts';

/** Longest side of a picture that isn't sent as it is, in pixels. */
export const MAX_SIDE = 2_048;
const QUALITY = 0.86;
/** Previews from the best to the smallest; the first that is small enough is taken. */
const PREVIEWS = [
  { side: 320, quality: 0.72 },
  { side: 320, quality: 0.5 },
  { side: 240, quality: 0.5 },
  { side: 160, quality: 0.4 },
  { side: 64, quality: 0.3 },
] as const;
/** Together with the rest of the message it must fit into one envelope. */
export const MAX_PREVIEW_BYTES = 12 * 1_024;

const UNKNOWN_TYPE = 'application/octet-stream';
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
};

/**
 * A file as it is sent. A picture is drawn and written anew, so that nothing hidden goes with it (place, time, camera),
 * and is at most 2,048 pixels long; but for `original`, which leaves it as it is.
 */
export async function prepareFile(file: File, original: boolean, codec: ImageCodec): Promise<FileToSend> {
  const image = await codec.decode(file);
  if (!image) return { data: file, name: file.name, mediaType: file.type || UNKNOWN_TYPE };
  try {
    const picture = original ? asItIs(file, image) : await drawnAnew(file, image);
    return { ...picture, preview: await previewOf(image) };
  } finally {
    image.close();
  }
}

const asItIs = (file: File, { width, height }: DecodedImage): FileToSend => ({
  data: file,
  name: file.name,
  mediaType: file.type || UNKNOWN_TYPE,
  width,
  height,
});

async function drawnAnew(file: File, image: DecodedImage): Promise<FileToSend> {
  const { width, height } = fitted(image, MAX_SIDE);
  const type = file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png';
  const data = await image.encode(width, height, type, QUALITY);
  return { data, name: renamed(file.name, data.type), mediaType: data.type, width, height };
}

async function previewOf(image: DecodedImage): Promise<Uint8Array | undefined> {
  for (const { side, quality } of PREVIEWS) {
    const { width, height } = fitted(image, side);
    const blob = await image.encode(width, height, 'image/jpeg', quality);
    if (blob.size <= MAX_PREVIEW_BYTES) return new Uint8Array(await blob.arrayBuffer());
  }
  return undefined;
}

/** Never larger than it is. */
function fitted({ width, height }: DecodedImage, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  const scaled = (length: number): number => Math.max(1, Math.round(length * scale));
  return { width: scaled(width), height: scaled(height) };
}

/** With the extension of what it is now. */
function renamed(name: string, type: string): string {
  const extension = EXTENSIONS[type];
  const dot = name.lastIndexOf('.');
  if (extension === undefined) return name;
  return (dot > 0 ? name.slice(0, dot) : name) + extension;
}
