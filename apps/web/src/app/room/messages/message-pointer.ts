import { LongPress } from './long-press.ts';
import type { MenuPlace } from './message-menu.ts';

/**
 * Asks for the menu of a message by the other mouse button, the context menu key or a resting finger. It listens to the
 * whole conversation by hand: listeners in templates would have every movement of the mouse look through all messages.
 */
export class MessagePointer {
  readonly #asked: (messageId: string, place: MenuPlace) => void;
  readonly #longPress: LongPress;
  #pressed: string | undefined;

  constructor(asked: (messageId: string, place: MenuPlace) => void) {
    this.#asked = asked;
    this.#longPress = new LongPress((x, y) => {
      if (this.#pressed !== undefined) asked(this.#pressed, { x, y });
    });
  }

  listenTo(conversation: HTMLElement): void {
    conversation.addEventListener('contextmenu', (event) => this.#openMenu(event));
    conversation.addEventListener('pointerdown', (event) => {
      this.#pressed = idAt(event.target);
      this.#longPress.down(event);
    });
    conversation.addEventListener('pointermove', (event) => this.#longPress.move(event), { passive: true });
    for (const end of ['pointerup', 'pointercancel'])
      conversation.addEventListener(end, () => this.#longPress.up());
  }

  /** The browser's own menu stays where it is of use: on links and on text that was selected. */
  #openMenu(event: MouseEvent): void {
    this.#longPress.up();
    const { target, clientX: x, clientY: y } = event;
    const id = idAt(target);
    if (id === undefined || !(target instanceof Element)) return;
    const selected = target.ownerDocument.getSelection()?.isCollapsed === false;
    if (selected || target.closest('a, img')) return;
    event.preventDefault();
    const button = target.closest('.bubble-more')?.getBoundingClientRect();
    this.#asked(id, button ? { x: button.left, y: button.bottom } : { x, y });
  }
}

function idAt(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>('[data-message]')?.dataset['message'];
}
