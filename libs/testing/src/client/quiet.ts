/** Counts the WebCrypto operations under way, so that a test knows when nothing happens any more. */
let underWay = 0;
let watched = false;

const METHODS = [
  'decrypt',
  'deriveBits',
  'deriveKey',
  'digest',
  'encrypt',
  'exportKey',
  'generateKey',
  'importKey',
  'sign',
  'unwrapKey',
  'verify',
  'wrapKey',
] as const;

type Operation = (...args: unknown[]) => Promise<unknown>;

/** Replaces the methods of `crypto.subtle` by counting ones, once. */
export function watchWebCrypto(): void {
  if (watched) return;
  watched = true;
  const { subtle } = crypto;
  for (const method of METHODS) {
    const original = (subtle[method] as unknown as Operation).bind(subtle);
    const counting: Operation = async (...args) => {
      underWay++;
      try {
        return await original(...args);
      } finally {
        underWay--;
      }
    };
    Object.defineProperty(subtle, method, { value: counting, configurable: true, writable: true });
  }
}

/** Idle turns of the event loop after which nothing but a timer can go on. */
const IDLE_TURNS = 3;

/** Resolves when no promise, message or WebCrypto operation is under way. */
export async function quiet(): Promise<void> {
  for (let idle = 0; idle < IDLE_TURNS; idle = underWay === 0 ? idle + 1 : 0)
    await new Promise((resolve) => setImmediate(resolve));
}
