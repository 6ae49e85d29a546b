/** What a key pressed anywhere in the room asks for. */
export type RoomKey = 'find' | 'shortcuts';

/** `?` is a letter where one writes; Ctrl + K (⌘ K) is for everywhere. */
export function roomKeyOf(event: KeyboardEvent): RoomKey | undefined {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') return 'find';
  if (key !== '?' || ctrlKey || metaKey || altKey) return undefined;
  const writes =
    target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
  return writes ? undefined : 'shortcuts';
}
