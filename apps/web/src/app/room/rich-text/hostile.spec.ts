import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aMessage } from '../../../testing/fake-room-client.ts';
import { HOSTILE_TEXTS } from '../../../testing/hostile-texts.ts';
import { Visitor } from '../../../testing/visitor.ts';

const HARMLESS = new Set('DIV APP-RICH-TEXT P STRONG EM CODE PRE BLOCKQUOTE UL OL LI A BDI'.split(' '));

describe('claim 30: what hostile people write', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
  });

  it('becomes nothing but words and the few elements we know, in text, name and system lines', async () => {
    const ran = jest.spyOn(window, 'alert').mockReturnValue();
    const visitor = await Visitor.inARoom();
    await visitor.hears(
      ...HOSTILE_TEXTS.map((text, at) => {
        const message = aMessage({ id: `m${at}`, mid: `m${at}`, text, name: text });
        return { type: 'message', message } as const;
      }),
      ...HOSTILE_TEXTS.map((name, at) => {
        const line = { id: `s${at}`, at: 0, kind: 'sameName', mid: `s${at}`, name } as const;
        return { type: 'system', line } as const;
      }),
    );
    await visitor.waits();
    for (const drawn of visitor.all('message-text').flatMap(withDescendants)) {
      expect(HARMLESS).toContain(drawn.tagName);
      for (const { name, value } of drawn.attributes) {
        expect(name).not.toMatch(/^(on|src|srcdoc|style)/i);
        if (name === 'href') expect(value).toMatch(/^https?:\/\//);
      }
    }
    expect(visitor.all('message-text')).toHaveLength(HOSTILE_TEXTS.length);
    expect(document.querySelector('main script, app-root img, app-root iframe')).toBeNull();
    expect(ran).not.toHaveBeenCalled();
  });

  it('can’t make a link that opens anything with access to this page, or hides where it leads', async () => {
    const visitor = await Visitor.inARoom();
    const text = '[https://bank.example](https://evil.example/)';
    await visitor.hears({ type: 'message', message: aMessage({ text }) });
    await visitor.waits();
    const link = visitor.one('link');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(visitor.texts('link-host')).toEqual(['evil.example']);
  });
});

const withDescendants = (element: Element): Element[] => [element, ...element.querySelectorAll('*')];
