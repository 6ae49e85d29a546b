/**
 * Keeps weak references to every buffer that code of this worker makes or gets from WebCrypto: in Chromium DevTools name
 * no buffers of a worker.
 */
const known = new Set<WeakRef<ArrayBufferLike>>();
const MASK = 0xa5;

/** From now on. */
export function trackBuffers(): void {
  trackConstructor();
  trackCopies();
  trackWebCrypto();
}

/** Which of these secrets, masked, stand in a buffer that is still alive. */
export function secretsAlive(secrets: Readonly<Record<string, string>>): string[] {
  const buffers = [...known].flatMap((reference) => {
    const buffer = reference.deref();
    return buffer ? [new Original(buffer)] : [];
  });
  return Object.keys(secrets).filter((name) => {
    const pairs = secrets[name]?.match(/../g) ?? [];
    const wanted = pairs.map((pair) => Number.parseInt(pair, 16));
    return buffers.some((bytes) => holds(bytes, wanted));
  });
}

const Original = Uint8Array;

function trackConstructor(): void {
  globalThis.Uint8Array = new Proxy(Original, {
    construct: (target, given) => tracked(Reflect.construct(target, given) as Uint8Array),
  });
}

function trackCopies(): void {
  const { slice } = Original.prototype;
  Original.prototype.slice = function (this: Uint8Array<ArrayBuffer>, ...range) {
    return tracked(slice.apply(this, range));
  };
}

function trackWebCrypto(): void {
  const subtle = globalThis.crypto.subtle as unknown as Record<
    string,
    (...given: unknown[]) => Promise<unknown>
  >;
  for (const method of ['decrypt', 'deriveBits', 'digest', 'encrypt', 'exportKey', 'sign']) {
    const original = subtle[method]!.bind(subtle);
    subtle[method] = async (...given) => {
      const result = await original(...given);
      if (result instanceof ArrayBuffer) known.add(new WeakRef(result));
      return result;
    };
  }
}

function tracked<T extends Uint8Array>(bytes: T): T {
  known.add(new WeakRef(bytes.buffer));
  return bytes;
}

function holds(bytes: Uint8Array, wanted: readonly number[]): boolean {
  for (let at = 0; at + wanted.length <= bytes.length; at++) {
    let same = 0;
    while (same < wanted.length && (bytes[at + same]! ^ MASK) === wanted[same]) same++;
    if (same === wanted.length) return true;
  }
  return false;
}
