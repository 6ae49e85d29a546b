import { ClientError, createRoomClient, type Invitation } from '@bytechat/client';
import type { Command } from 'commander';
import { addPasswordOptions, askPassword, readPassword, type PasswordOptions } from '../input/password.ts';
import { readLink } from '../input/address.ts';
import type { Io } from '../io.ts';
import type { Show } from '../output/show.ts';
import { Stay, type StayClient } from './stay.ts';

export interface JoinerOptions extends PasswordOptions {
  name?: string;
}

/** How a command is in a room. */
export interface Presence {
  io: Io;
  origin: string;
  show?: Show;
  /** Whether silence is no reason to be sent away. */
  keepsAlive?: boolean;
}

export const addJoinerOptions = (command: Command): Command =>
  addPasswordOptions(command.option('--name <name>', 'what others call you; two words are picked otherwise'));

/** Enters, acts, and leaves in any case. */
export async function inRoom<T>(
  { io, origin, show, keepsAlive = false }: Presence,
  way: (client: StayClient) => Promise<Invitation>,
  act: (stay: Stay, invitation: Invitation) => Promise<T>,
): Promise<T> {
  const client = createRoomClient({ endpoint: { url: origin } });
  const stay = new Stay(client, io.interrupted, keepsAlive);
  if (show) client.subscribe(show);
  try {
    return await act(stay, await stay.enter(way));
  } finally {
    await stay.leave();
  }
}

/** Enters the room of a link, asking for its password if it has one that no option gives. */
export async function inRoomOf<T>(
  link: string,
  options: JoinerOptions,
  presence: Omit<Presence, 'origin'>,
  act: (stay: Stay, invitation: Invitation) => Promise<T>,
): Promise<T> {
  const { origin, code } = await readLink(link);
  const password = await readPassword(options, presence.io);
  const name = options.name === undefined ? {} : { name: options.name };
  const join = async (client: StayClient): Promise<Invitation> => {
    try {
      return await client.join({ code, ...name, ...(password === undefined ? {} : { password }) });
    } catch (error) {
      if (password !== undefined || !isGate(error)) throw error;
      return client.join({ code, ...name, password: await askPassword(presence.io) });
    }
  };
  return inRoom({ ...presence, origin }, join, act);
}

/** Without a password tried, this refusal says that there is one. */
const isGate = (error: unknown): boolean => error instanceof ClientError && error.code === 'ERR_GATE';
