/** Runs the tasks that change a connection's seat one after the other, however fast they are asked for. */
export class Turns {
  readonly #last = new WeakMap<object, Promise<unknown>>();

  take<T>(owner: object, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(owner) ?? Promise.resolve();
    const turn = before.then(task);
    this.#last.set(
      owner,
      turn.catch(() => undefined),
    );
    return turn;
  }
}
