/** Every form in which a leaked text could stand in bytes; a hit of any of them is a leak. */
export function formsOf(text: string): Map<string, Buffer> {
  const utf8 = Buffer.from(text, 'utf8');
  const utf16le = Buffer.from(text, 'utf16le');
  const forms = new Map<string, Buffer>([
    ['raw', utf8],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['UTF-16LE', utf16le],
    ['UTF-16BE', Buffer.from(utf16le).swap16()],
    ['URL-encoded', Buffer.from(encodeURIComponent(text))],
    ['JSON-escaped', Buffer.from(JSON.stringify(text).slice(1, -1))],
  ]);
  for (const shift of [0, 1, 2]) {
    forms.set(`base64+${shift}`, base64Core(utf8, shift, 'base64'));
    forms.set(`base64url+${shift}`, base64Core(utf8, shift, 'base64url'));
  }
  return forms;
}

/** Names of the forms of `text` that stand in `haystack`. */
export function findLeaks(haystack: Buffer, text: string): string[] {
  return [...formsOf(text)].filter(([, form]) => haystack.includes(form)).map(([name]) => name);
}

/** The characters of a base64 text that don't depend on what stands before or after the bytes. */
function base64Core(bytes: Buffer, shift: number, encoding: 'base64' | 'base64url'): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString(encoding)
    .replace(/=+$/, '');
  const start = shift === 0 ? 0 : shift + 1;
  const end = encoded.length - ((bytes.length + shift) % 3 === 0 ? 0 : 1);
  return Buffer.from(encoded.slice(start, end));
}
