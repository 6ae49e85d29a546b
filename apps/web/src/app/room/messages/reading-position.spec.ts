import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReadingPosition, type ScrollView } from './reading-position.ts';

/** A scroller of rows, each with its own height, in a window of 300 px. */
class Rows implements ScrollView {
  rows: { id: string; height: number }[];
  clientHeight = 300;
  #top = 0;

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, at) => ({ id: `r${at}`, height: 50 }));
  }
  get scrollHeight(): number {
    return this.rows.reduce((sum, row) => sum + row.height, 0);
  }
  get scrollTop(): number {
    return this.#top;
  }
  set scrollTop(top: number) {
    this.#top = Math.min(Math.max(0, top), Math.max(0, this.scrollHeight - this.clientHeight));
  }
  topOf(id: string): number | undefined {
    const at = this.rows.findIndex((row) => row.id === id);
    if (at < 0) return undefined;
    return this.rows.slice(0, at).reduce((sum, row) => sum + row.height, 0) - this.#top;
  }
  firstVisible(): { id: string; top: number } | undefined {
    for (const { id, height } of this.rows) {
      const top = this.topOf(id) ?? 0;
      if (top + height > 0) return { id, top };
    }
    return undefined;
  }
}

describe('the reading position', () => {
  let view: Rows;
  let position: ReadingPosition;

  const readsBack = () => {
    position.toEnd(view);
    view.scrollTop = 210;
    position.scrolled(view);
  };

  beforeEach(() => {
    view = new Rows(20);
    position = new ReadingPosition();
  });

  it('stays at the end while messages come in', () => {
    position.settle(view);
    view.rows.push({ id: 'new', height: 80 });
    position.arrived(1);
    position.settle(view);
    expect(view.scrollTop).toBe(view.scrollHeight - view.clientHeight);
    expect(position.unseen()).toBe(0);
    expect(position.pillShown()).toBe(false);
  });

  it('never moves while one reads back, and counts what is new', () => {
    readsBack();
    view.rows.push({ id: 'new 1', height: 80 }, { id: 'new 2', height: 40 });
    position.arrived(2);
    position.settle(view);
    expect(view.scrollTop).toBe(210);
    expect(position.unseen()).toBe(2);
    expect(position.pillShown()).toBe(true);
  });

  it('keeps the line one reads when messages above it expire or grow', () => {
    readsBack();
    const line = view.firstVisible()!;
    view.rows.splice(0, 2);
    view.rows[0]!.height = 90;
    position.settle(view);
    expect(view.topOf(line.id)).toBe(line.top);
  });

  it('stays where it is when the line one reads expires itself', () => {
    readsBack();
    const line = view.firstVisible()!;
    view.rows.splice(
      view.rows.findIndex((row) => row.id === line.id),
      1,
    );
    position.settle(view);
    expect(view.scrollTop).toBe(210);
  });

  it('goes to the newest message when asked, and forgets the count', () => {
    readsBack();
    position.arrived(3);
    position.toEnd(view);
    expect(view.scrollTop).toBe(view.scrollHeight - view.clientHeight);
    expect(position.unseen()).toBe(0);
    expect(position.pillShown()).toBe(false);
  });

  it('keeps the end in sight when the window shrinks, as under an on-screen keyboard', () => {
    position.settle(view);
    view.clientHeight = 160;
    position.settle(view);
    expect(view.scrollTop).toBe(view.scrollHeight - 160);
  });
});
