import { afterEach, describe, expect, it } from '@jest/globals';
import { Visitor } from '../../testing/visitor.ts';

describe('the theme', () => {
  afterEach(() => {
    document.head.replaceChildren();
  });

  it('follows the system until the person chooses, and is written nowhere', async () => {
    for (const scheme of ['light', 'dark']) {
      const meta = document.createElement('meta');
      meta.dataset['scheme'] = scheme;
      document.head.append(meta);
    }
    const shown = () => [
      document.documentElement.dataset['theme'],
      ...[...document.head.querySelectorAll('meta')].map((meta) => meta.media),
    ];
    const visitor = await Visitor.arrives();
    const system = [undefined, '(prefers-color-scheme: light)', '(prefers-color-scheme: dark)'];
    expect(shown()).toEqual(system);
    await visitor.clicks('theme');
    expect(shown()).toEqual(['light', 'all', 'not all']);
    await visitor.clicks('theme');
    expect(shown()).toEqual(['dark', 'not all', 'all']);
    await visitor.clicks('theme');
    expect(shown()).toEqual(['contrast', ...system.slice(1)]);
    await visitor.clicks('theme');
    expect(shown()).toEqual(system);
    expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
  });
});
