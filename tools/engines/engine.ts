/** A browser with the page of `served-page.ts` open. */
export interface Engine {
  name: string;
  version: string;
  /** What the task gives, through JSON. @throws Error when it fails there */
  run<T>(task: string, given?: unknown): Promise<T>;
  close(): Promise<void>;
}
