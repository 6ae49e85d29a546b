/** Longest file name, in graphemes and in bytes: what every file system takes, with its extension. */
const MAX_GRAPHEMES = 120;
const MAX_BYTES = 240;
const MAX_EXTENSION = 16;

/** Control, format and direction-changing characters: they make a name look like another one. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** What a file system or a shell reads as something else. */
const UNSAFE = /[<>:"|?*]/gu;
/** Names that Windows keeps for devices, whatever their extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu;
const NAMELESS = 'file';

/**
 * A file's name as it is sent, shown and saved: one segment, NFC, without control or direction-changing characters, never
 * hidden, never a device, its extension kept. Sender and every receiver apply it.
 */
export function cleanFileName(raw: string): string {
  const segment = raw.split(/[/\\]/u).findLast((part) => part.trim() !== '') ?? '';
  const visible = segment
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(UNSAFE, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '');
  const { stem, extension } = split(visible);
  const short = shortened(stem, MAX_BYTES - byteLength(extension)).trimEnd() + extension;
  if (short === '' || short === extension) return NAMELESS + extension;
  return RESERVED.test(short) ? `_${short}` : short;
}

/** The extension with its dot, where the name has one that people would take for one. */
function split(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const isExtension =
    dot > 0 && /^\.[\p{L}\p{N}]+$/u.test(name.slice(dot)) && name.length - dot <= MAX_EXTENSION;
  return isExtension
    ? { stem: name.slice(0, dot), extension: name.slice(dot) }
    : { stem: name, extension: '' };
}

function shortened(stem: string, maxBytes: number): string {
  let short = '';
  let count = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(stem)) {
    if (++count > MAX_GRAPHEMES || byteLength(short + segment) > maxBytes) break;
    short += segment;
  }
  return short;
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length;
