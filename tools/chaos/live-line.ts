import type { Progress } from './run-fault.ts';

const EVERY_MS = 10_000;

/** How a run goes on: one line that changes on a terminal, now and then a line elsewhere. */
export class LiveLine {
  readonly #id: string;
  #phase = '';
  #lastAt = -Infinity;

  constructor(id: string) {
    this.#id = id;
  }

  show({ phase, acked, delivered, injected }: Progress): void {
    const text = `${this.#id}  ${phase}: ${injected} faults, ${acked} acknowledged, ${delivered} delivered`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${text}`);
    else if (phase !== this.#phase || performance.now() - this.#lastAt > EVERY_MS) {
      console.log(text);
      this.#lastAt = performance.now();
    }
    this.#phase = phase;
  }

  end(): void {
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[2K');
  }
}
