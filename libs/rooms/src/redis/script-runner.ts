import type { Cluster, Redis } from 'ioredis';
import type { Command, ReplicatedWrites } from './replicated-writes.ts';
import { accepted, type Reply } from './reply.ts';
import type { ScriptName, Scripts } from './script-sources.ts';

export type Argument = string | number | Uint8Array;

/** Runs scripts by their hash; a server that has lost them (restart, SCRIPT FLUSH) gets the text again. */
export class ScriptRunner {
  readonly #client: Redis | Cluster;
  readonly #scripts: Scripts;
  readonly #now: (() => number) | undefined;
  readonly #replicated: ReplicatedWrites | undefined;

  constructor(
    client: Redis | Cluster,
    scripts: Scripts,
    now: (() => number) | undefined,
    replicated?: ReplicatedWrites,
  ) {
    this.#client = client;
    this.#replicated = replicated;
    this.#scripts = scripts;
    this.#now = now;
  }

  /** @returns what follows 'OK'. @throws RoomError for a refusal; ioredis's errors pass. */
  run(name: ScriptName, keys: readonly string[], args: readonly Argument[]): Promise<readonly Reply[]> {
    return this.#run(name, keys, args, (command) => this.#client.callBuffer(...command));
  }

  /** The same for what must outlive the master, where there are replicas. @throws ERR_INDETERMINATE, ERR_BUSY. */
  runDurably(
    name: ScriptName,
    keys: readonly string[],
    args: readonly Argument[],
  ): Promise<readonly Reply[]> {
    const writes = this.#replicated;
    if (writes === undefined) return this.run(name, keys, args);
    return this.#run(name, keys, args, (command) => writes.run(keys[0]!, command));
  }

  async #run(
    name: ScriptName,
    keys: readonly string[],
    args: readonly Argument[],
    send: (command: Command) => Promise<unknown>,
  ): Promise<readonly Reply[]> {
    const { sha1, source } = this.#scripts[name];
    const time = this.#now === undefined ? '' : String(this.#now());
    const parameters = [...keys, time, ...args.map(toParameter)];
    try {
      return accepted(await send(['EVALSHA', sha1, keys.length, ...parameters]));
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return accepted(await send(['EVAL', source, keys.length, ...parameters]));
    }
  }
}

const toParameter = (argument: Argument): string | number | Buffer =>
  argument instanceof Uint8Array
    ? Buffer.from(argument.buffer, argument.byteOffset, argument.byteLength)
    : argument;

const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');
