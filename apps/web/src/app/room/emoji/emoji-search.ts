import type { Emoji } from './emoji-data.ts';

/** The best matches first: by the name between colons, by a word of the label, by what people think of. */
export function searchEmoji(all: readonly Emoji[], query: string, most: number): readonly Emoji[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const ranked = all.flatMap((emoji) => {
    const rank = rankOf(emoji, wanted);
    return rank === undefined ? [] : [{ emoji, rank }];
  });
  return ranked
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

function rankOf({ names, label, tags, emoji }: Emoji, wanted: string): number | undefined {
  if (names.includes(wanted) || emoji === wanted) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  const words = label.toLowerCase();
  if (words.split(/\s+/).some((word) => word.startsWith(wanted))) return 2;
  if (tags.some((tag) => tag.startsWith(wanted))) return 3;
  return words.includes(wanted) || names.some((name) => name.includes(wanted)) ? 4 : undefined;
}
