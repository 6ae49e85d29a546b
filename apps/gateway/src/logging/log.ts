import { pino, type DestinationStream, type Logger } from 'pino';

/**
 * The gateway's log: JSON lines about its own life. It never gets a room, a person, an address, a key or a payload;
 * `describeError` is the only way an error comes in.
 */
export type Log = Logger;

export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: undefined, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  return destination === undefined ? pino(options) : pino(options, destination);
}
