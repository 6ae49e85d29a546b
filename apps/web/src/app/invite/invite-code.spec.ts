import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { A_CODE } from '../../testing/fake-room-client.ts';
import { codeInFragment, fragmentOf, groupsOf, isProbablyAName, readCodeField } from './invite-code.ts';

const LETTERS = '0 1 2 3 4 5 6 7 8 9 A B C D E F G H J K M N P Q R S T V W X Y Z';
const codes = fc.string({ unit: fc.constantFrom(...LETTERS.split(' ')), minLength: 32, maxLength: 32 });

describe('the code field', () => {
  it('reads a code in any case, grouping and confusable spelling', () => {
    fc.assert(
      fc.property(codes, fc.boolean(), fc.constantFrom('', '-', ' '), (code, lower, separator) => {
        const typed = groupsOf(code).join(separator).replace(/0/g, 'O').replace(/1/g, 'l');
        expect(readCodeField(lower ? typed.toLowerCase() : typed)).toEqual({ kind: 'code', code });
      }),
    );
  });

  it('reads the code out of a link, wherever the link points', () => {
    fc.assert(
      fc.property(codes, fc.webUrl({ withQueryParameters: true }), (code, url) => {
        expect(readCodeField(`${url}#${fragmentOf(code)}`)).toEqual({ kind: 'code', code });
      }),
    );
  });

  it('never takes anything else for a code, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const reading = readCodeField(text);
        if (reading.kind === 'code') expect(reading.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{32}$/);
      }),
    );
  });

  it.each([
    ['', { kind: 'empty' }],
    ['   ', { kind: 'empty' }],
    ['7K3F-9QX2', { kind: 'incomplete', length: 8 }],
    [`${A_CODE}0`, { kind: 'tooLong', length: 33 }],
    [A_CODE.replace('K', 'U'), { kind: 'mistyped' }],
    ['my secret room!', { kind: 'chosenName' }],
    ['https://chat.example/room', { kind: 'linkWithoutSecret' }],
    ['https://chat.example/room#1.tooshort', { kind: 'linkWithoutSecret' }],
    ['https://chat.example/room#2.' + A_CODE, { kind: 'linkWithoutSecret' }],
  ])('reads %j as %j', (text, reading) => {
    expect(readCodeField(text)).toEqual(reading);
  });

  it('tells a name somebody made up from a code that is half typed', () => {
    expect(isProbablyAName(readCodeField('team room'))).toBe(true);
    expect(isProbablyAName(readCodeField('7K3F-9QX2-M8VB-T4ND-0RJH'))).toBe(false);
  });
});

describe('a fragment', () => {
  it('gives its code only when it has the version this page speaks', () => {
    expect(codeInFragment(`1.${A_CODE}`)).toBe(A_CODE);
    expect(codeInFragment(A_CODE)).toBeUndefined();
    expect(codeInFragment('1.%E0%A4%A')).toBeUndefined();
  });
});
