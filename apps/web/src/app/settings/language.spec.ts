import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { Visitor } from '../../testing/visitor.ts';
import { Language } from '../i18n/language.ts';

const page = () => [document.documentElement.lang, document.documentElement.dir];

describe('the language', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('changes at run time, with everything one has typed kept, and is written nowhere', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.types('composer', 'half a sentence');
    await visitor.types('language', 'de');
    await visitor.waits();
    expect(page()).toEqual(['de', 'ltr']);
    expect(visitor.pageText).toContain('Ende-zu-Ende-verschlüsselt');
    expect(visitor.pageText).toContain('Nachrichten verschwinden nach 1 Stunde');
    expect((visitor.one('composer') as HTMLTextAreaElement).value).toBe('half a sentence');
    expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
    await visitor.types('language', 'en');
    await visitor.waits();
    expect(visitor.pageText).toContain('End-to-end encrypted');
  });

  it('turns the page around where one writes from right to left', async () => {
    const visitor = await Visitor.arrives();
    await visitor.types('language', 'ar');
    await visitor.waits();
    expect(page()).toEqual(['ar', 'rtl']);
    expect(visitor.texts('enter-room')).toEqual(['فتح غرفة']);
  });

  it('is the browser’s at first', async () => {
    jest.spyOn(navigator, 'languages', 'get').mockReturnValue(['pt-BR', 'fr-CA', 'en']);
    await Visitor.arrives();
    await TestBed.inject(Language).chooseForBrowser();
    await TestBed.inject(Language).choose(TestBed.inject(Language).tag());
    expect(TestBed.inject(Language).tag()).toBe('fr');
    expect(TestBed.inject(Language).locale()).toBe('fr-CA');
  });

  it('is the one chosen last, whichever arrives last', async () => {
    const visitor = await Visitor.arrives();
    const language = TestBed.inject(Language);
    await Promise.all([language.choose('ja'), language.choose('es'), language.choose('en')]);
    await visitor.waits();
    expect(language.tag()).toBe('en');
  });
});
