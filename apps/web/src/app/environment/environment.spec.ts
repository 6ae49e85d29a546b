import { describe, expect, it } from '@jest/globals';
import { missingPiece } from './environment.ts';
import { allowScript, guardScripts } from './trusted-scripts.ts';

const whole = { isSecureContext: true, crypto: { subtle: {} }, Worker: () => undefined };

describe('the environment', () => {
  it('is fine where there are a secure context, WebCrypto and workers', () => {
    expect(missingPiece(whole)).toBeUndefined();
  });

  it('names the piece that is missing, the address first', () => {
    expect(missingPiece({ ...whole, isSecureContext: false, crypto: {} })).toBe('insecureContext');
    expect(missingPiece({ ...whole, crypto: {} })).toBe('webCrypto');
    expect(missingPiece({ ...whole, crypto: undefined })).toBe('webCrypto');
    expect(missingPiece({ ...whole, Worker: undefined })).toBe('worker');
  });
});

describe('the script policy', () => {
  it('makes the addresses of the room worker and the shell worker and no other, and has no rule for HTML or code', () => {
    const policies: [string, Record<string, (text: string) => string>][] = [];
    guardScripts({
      trustedTypes: { createPolicy: (...policy: (typeof policies)[0]) => policies.push(policy) },
    });
    const [name, rules] = policies[0]!;
    expect(name).toBe('default');
    expect(Object.keys(rules)).toEqual(['createScriptURL']);
    const create = rules['createScriptURL']!;
    expect(() => create('https://chat.example/worker.js')).toThrow(TypeError);
    allowScript(new URL('https://chat.example/worker.js'));
    allowScript(new URL('https://chat.example/another.js'));
    expect(create('https://chat.example/worker.js')).toBe('https://chat.example/worker.js');
    allowScript(new URL('https://chat.example/sw.js'), 'shell');
    allowScript(new URL('https://chat.example/other-sw.js'), 'shell');
    expect(create('https://chat.example/sw.js')).toBe('https://chat.example/sw.js');
    expect(() => create('https://chat.example/other-sw.js')).toThrow(TypeError);
    for (const foreign of ['https://chat.example/another.js', 'https://evil.example/worker.js', '/worker.js'])
      expect(() => create(foreign)).toThrow(TypeError);
  });

  it('asks nothing of a browser without Trusted Types', () => {
    expect(() => guardScripts({})).not.toThrow();
  });
});
