import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readScripts, SCRIPT_NAMES } from './script-sources.ts';

const directory = new URL('./lua/', import.meta.url);

describe('the scripts', () => {
  it('are exactly the files that lie there', () => {
    const files = readdirSync(directory).filter((name) => name.endsWith('.lua'));
    expect(files.sort()).toEqual(SCRIPT_NAMES.map((name) => `${name}.lua`).sort());
  });

  it.each(SCRIPT_NAMES)('%s says what it is for, what it takes and what it returns', (name) => {
    const [purpose = '', ...header] = readFileSync(new URL(`${name}.lua`, directory), 'utf8').split('\n');
    expect(purpose).toMatch(/^-- [A-Z].{10,}/);
    const text = header.filter((line) => line.startsWith('--')).join('\n');
    expect(text).toMatch(/^-- KEYS/m);
    expect(text).toMatch(/^-- Returns/m);
  });

  it('are read with what they include, from any directory', () => {
    const scripts = readScripts(pathToFileURL(`${directory.pathname}/`));
    expect(scripts.append.source).toContain('local function load_room');
    expect(scripts.append.source).not.toMatch(/^-- include/m);
    expect(scripts.append.sha1).toMatch(/^[0-9a-f]{40}$/);
  });

  it('take their time from Redis', () => {
    for (const { source } of Object.values(readScripts())) {
      if (source.includes('now')) expect(source).toContain("redis.call('TIME')");
    }
  });

  it('are missed at start, not at the first call', () => {
    expect(() => readScripts(new URL('./nowhere/', import.meta.url))).toThrow(/ENOENT/);
  });
});
