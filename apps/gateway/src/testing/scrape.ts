import type { Gateway } from '../gateway.ts';

/** The metrics of a gateway at one moment. */
export class Scrape {
  readonly text: string;
  readonly #samples = new Map<string, number>();

  constructor(text: string) {
    this.text = text;
    for (const line of text.split('\n')) {
      const [, series, value] = /^([a-zA-Z_][^ {]*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (series !== undefined) this.#samples.set(series, Number(value));
    }
  }

  /** The value of `name{label="value"}`. @throws when there is no such series. */
  value(series: string): number {
    const value = this.#samples.get(series);
    if (value === undefined) throw new Error(`There is no series ${series}.`);
    return value;
  }

  /** Names of all series, without their labels. */
  names(): Set<string> {
    return new Set([...this.#samples.keys()].map((series) => series.replace(/\{.*/, '')));
  }

  /** The types that are told, by name. */
  types(): Map<string, string> {
    const told = this.text.matchAll(/^# TYPE (\S+) (\S+)$/gm);
    return new Map([...told].map(([, name = '', type = '']) => [name, type]));
  }
}

export async function scrape({ internalPort }: Pick<Gateway, 'internalPort'>): Promise<Scrape> {
  const response = await fetch(`http://127.0.0.1:${internalPort}/metrics`);
  return new Scrape(await response.text());
}

/** Scrapes until the series has a value that fits. Nothing tells when a count comes that no answer waits for. */
export async function untilCounted(
  gateway: Pick<Gateway, 'internalPort'>,
  series: string,
  fits: (value: number) => boolean,
): Promise<void> {
  while (!fits((await scrape(gateway)).value(series)));
}
