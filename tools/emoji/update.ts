/**
 * Writes the emoji that the page offers: `node tools/emoji/update.ts`. Once after emojibase-data has changed; what comes
 * out is part of the page's source, so that nothing is fetched and a change of it is seen in review.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Emoji {
  hexcode: string;
  unicode: string;
  label: string;
  group?: number;
  order?: number;
  tags?: string[];
  skins?: { unicode: string }[];
}

const WEB = join(import.meta.dirname, '../../apps/web');
const OUT = join(WEB, 'src/app/room/emoji/data');
const { resolve } = createRequire(join(WEB, 'package.json'));
const LANGUAGES = ['de', 'fr', 'es', 'ja'];
/** Parts of emoji, which nobody chooses by themselves. */
const COMPONENTS = 2;
const TONE = '\u{1f3fb}';
const NOTICE =
  '/** Made by tools/emoji/update.ts from emojibase-data (MIT, Miles Johnson), whose data is that of Unicode CLDR. */\n';

const read = async <T>(path: string): Promise<T> =>
  JSON.parse(await readFile(resolve(`emojibase-data/${path}`), 'utf8')) as T;

/** Without the mark that asks for a picture where the character is one anyway: others write it so, too. */
const plain = (unicode: string): string => unicode.replace(/(\p{Emoji_Presentation})\ufe0f/gu, '$1');

const all = (await read<Emoji[]>('en/compact.json'))
  .map((emoji) => ({ ...emoji, unicode: plain(emoji.unicode) }))
  .filter(({ group }) => group !== undefined && group !== COMPONENTS)
  .toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0));
const codes = await read<Record<string, string | string[]>>('en/shortcodes/github.json');

/** Takes a skin tone by the rule that the page applies: behind the first character. */
function takesTone({ unicode, skins = [] }: Emoji): boolean {
  const [first = '', ...rest] = unicode;
  return skins[0]?.unicode === first + TONE + rest.join('').replace(/^\ufe0f/, '');
}

function row(emoji: Emoji): string {
  const { unicode, group, label, hexcode, tags = [] } = emoji;
  const names = [codes[hexcode] ?? label.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()].flat();
  const others = tags.filter((tag) => !label.includes(tag) && !names.includes(tag));
  return [unicode, group, takesTone(emoji) ? 1 : '', label, names.join(' '), others.join(' ')].join('\t');
}

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(OUT, `${name}.ts`), `${NOTICE}export const TEXT = ${JSON.stringify(text)};\n`);
}

await mkdir(OUT, { recursive: true });
await write('all', all.map(row).join('\n'));
for (const language of LANGUAGES) {
  const labels = new Map(
    (await read<Emoji[]>(`${language}/compact.json`)).map((one) => [one.hexcode, one.label]),
  );
  await write(language, all.map(({ hexcode }) => labels.get(hexcode) ?? '').join('\n'));
}
