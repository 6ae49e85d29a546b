type Listener<A extends unknown[]> = (...args: A) => void;

/** The methods that Socket.IO's client and server ask of a decoder: no dependency of browser or Node. */
export class Emitter<Events extends Record<string, unknown[]>> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();

  on<E extends keyof Events>(event: E, listener: Listener<Events[E]>): this {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set.add(listener));
    return this;
  }

  off<E extends keyof Events>(event: E, listener: Listener<Events[E]>): this {
    this.#listeners.get(event)?.delete(listener);
    return this;
  }

  /** The same, by the name that Socket.IO's server knows. */
  removeListener<E extends keyof Events>(event: E, listener: Listener<Events[E]>): this {
    return this.off(event, listener);
  }

  emit<E extends keyof Events>(event: E, ...args: Events[E]): void {
    for (const listener of this.#listeners.get(event) ?? []) (listener as Listener<Events[E]>)(...args);
  }

  removeAllListeners(): void {
    this.#listeners.clear();
  }
}
