import { afterEach, describe, expect, it } from '@jest/globals';
import { apiOrigin } from './api-origin';

describe('the origin of the gateway', () => {
  afterEach(() => document.head.replaceChildren());

  it('is the page’s own where the page names none', () => {
    expect(apiOrigin(document)).toBe(document.location.origin);
  });

  it('is the one that the build has written into the page', () => {
    document.head.innerHTML = '<meta name="bytechat-api" content="https://api.example"/>';
    expect(apiOrigin(document)).toBe('https://api.example');
  });
});
