import type { Cdp } from './cdp.ts';
import { unmasked } from './masked.ts';

export type Secrets = Readonly<Record<string, string>>;

interface Called {
  result: { value: string[] };
  exceptionDetails?: { text: string };
}

/**
 * Runs in the engine that is looked through, on a list of all its buffers: names the secrets that stand in one. It never
 * has a secret itself as bytes, only the masked text.
 */
const NAMES = `function (secrets) {
  const bytesOf = (one) => {
    if (ArrayBuffer.isView(one)) return one.buffer;
    return Object.getPrototypeOf(one) === ArrayBuffer.prototype ? one : new ArrayBuffer(0);
  };
  const holds = (bytes, secret) => {
    for (let at = 0; at + secret.length <= bytes.length; at++) {
      let same = 0;
      while (same < secret.length && (bytes[at + same] ^ 0xa5) === secret[same]) same++;
      if (same === secret.length) return true;
    }
    return false;
  };
  const buffers = [...new Set(this.map(bytesOf))].map((buffer) => new Uint8Array(buffer));
  return Object.keys(secrets).filter((name) => {
    const secret = secrets[name].match(/../g).map((pair) => parseInt(pair, 16));
    return buffers.some((bytes) => holds(bytes, secret));
  });
}`;

export async function collectGarbage(cdp: Cdp): Promise<void> {
  await cdp.send('HeapProfiler.enable');
  for (let again = 0; again < 2; again++) await cdp.send('HeapProfiler.collectGarbage');
}

/** Which secrets stand in live buffers of an engine, whoever made them. */
export async function secretsIn(cdp: Cdp, secrets: Secrets): Promise<string[]> {
  await collectGarbage(cdp);
  const found = new Set<string>();
  for (const prototype of ['Uint8Array.prototype', 'ArrayBuffer.prototype']) {
    const objectId = await instances(cdp, prototype);
    const call = {
      ...{ objectId, functionDeclaration: NAMES, returnByValue: true },
      arguments: [{ value: secrets }],
    };
    const { result, exceptionDetails } = await cdp.send<Called>('Runtime.callFunctionOn', call);
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    for (const name of result.value) found.add(name);
    await cdp.send('Runtime.releaseObject', { objectId });
  }
  return Object.keys(secrets).filter((name) => found.has(name));
}

/** The whole heap as the engine writes it down: every object and string, but no contents of buffers. */
export async function heapSnapshot(cdp: Cdp): Promise<string> {
  await collectGarbage(cdp);
  const chunks: string[] = [];
  const stop = cdp.on('HeapProfiler.addHeapSnapshotChunk', (params) => {
    chunks.push((params as { chunk: string }).chunk);
  });
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  stop();
  return chunks.join('');
}

/** Which secrets stand in a snapshot in one of the forms that code writes bytes in. */
export function writtenIn(snapshot: string, secrets: Secrets): string[] {
  return Object.keys(secrets).filter((name) => {
    const bytes = unmasked(secrets[name] ?? '');
    const base64 = bytes.toString('base64').replace(/=+$/, '');
    const forms = [bytes.toString('hex'), base64, bytes.toString('base64url'), bytes.join()];
    return forms.some((form) => snapshot.includes(form));
  });
}

async function instances(cdp: Cdp, expression: string): Promise<string> {
  const { result } = await cdp.send<{ result: { objectId: string } }>('Runtime.evaluate', { expression });
  const query = { prototypeObjectId: result.objectId };
  const { objects } = await cdp.send<{ objects: { objectId: string } }>('Runtime.queryObjects', query);
  return objects.objectId;
}
