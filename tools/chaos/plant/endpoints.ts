import type { Gateway } from './gateway.ts';

/** Where a load balancer sends new connections: round robin; one that refuses is passed over. */
export class Endpoints {
  readonly #ports = new Set<number>();
  #turn = 0;

  add({ port }: Gateway): void {
    this.#ports.add(port);
  }

  remove({ port }: Gateway): void {
    this.#ports.delete(port);
  }

  /** Only this one from now on. */
  only(gateway: Gateway): void {
    this.#ports.clear();
    this.add(gateway);
  }

  targets(): number[] {
    const ports = [...this.#ports];
    const first = this.#turn++ % Math.max(1, ports.length);
    return [...ports.slice(first), ...ports.slice(0, first)];
  }
}
