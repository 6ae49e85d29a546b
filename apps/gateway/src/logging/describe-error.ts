/** What a log line may say of an error: its kind and where it came from, never its message or its fields. */
export interface ErrorDescription {
  name: string;
  code?: string;
  /** Frames of the stack, without the first line: that one repeats the message. */
  at?: string[];
}

/** A dependency's message may quote a command, a key or a payload; its name and its place don't. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const at = framesOf(error);
  return { name: error.name, ...(code === undefined ? {} : { code }), ...(at.length === 0 ? {} : { at }) };
}

const FRAMES_KEPT = 4;

function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .+:\d+:\d+\)?$/.test(line))
    .slice(0, FRAMES_KEPT);
}
