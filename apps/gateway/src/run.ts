import type { GatewayConfig } from '@bytechat/config';
import { startGateway, type Gateway } from './gateway.ts';
import { describeError } from './logging/describe-error.ts';
import { createLog, type Log } from './logging/log.ts';
import { VERSION } from './version.ts';

/** How much longer than the drain window an orderly end may take. */
const HARD_END_AFTER_MS = 10_000;
/** 128 + SIGINT: ended by force. */
const EXIT_FORCED = 130;

/** Runs one gateway until a signal ends it: exit code 0 in order, 1 when it can't start or go on. */
export async function run(config: GatewayConfig): Promise<void> {
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (error) => endAtOnce(log, error));
  process.on('uncaughtException', (error) => endAtOnce(log, error));
  let gateway: Gateway;
  try {
    gateway = await startGateway(config, { log });
  } catch (error) {
    console.error(whyNotStarted(error, config));
    process.exit(1);
  }
  log.info({ version: VERSION, port: gateway.port, internalPort: gateway.internalPort }, 'ByteChat serves.');
  endOnSignal(gateway, config, log);
}

function endOnSignal(gateway: Gateway, config: GatewayConfig, log: Log): void {
  let isEnding = false;
  const onSignal = (): void => {
    if (isEnding) process.exit(EXIT_FORCED);
    isEnding = true;
    void end(gateway, config.drainSeconds * 1_000, log);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function end(gateway: Gateway, drainMs: number, log: Log): Promise<void> {
  log.info('Draining: clients are asked to move.');
  const hardEnd = setTimeout(() => {
    log.error('The end took too long.');
    process.exit(1);
  }, drainMs + HARD_END_AFTER_MS);
  await gateway.drain();
  await gateway.close();
  clearTimeout(hardEnd);
  log.info('Ended.');
  process.exit(0);
}

function endAtOnce(log: Log, error: unknown): void {
  log.fatal({ error: describeError(error) }, 'An error that nobody handled ends the process.');
  process.exit(1);
}

/** One readable line. */
function whyNotStarted(error: unknown, config: GatewayConfig): string {
  const { name, code, at } = describeError(error);
  const port = error instanceof Error && 'port' in error ? String(error.port) : '';
  const variable = port === String(config.internalPort) ? 'BYTECHAT_INTERNAL_PORT' : 'BYTECHAT_PORT';
  if (code === 'EADDRINUSE') return `Port ${port} is in use; choose another one with ${variable}.`;
  if (code === 'EACCES') return `Port ${port} needs more rights; choose another one with ${variable}.`;
  if (config.redis !== undefined) return `Redis can't be reached (${code ?? name}); see BYTECHAT_REDIS_URL.`;
  return `The gateway can't start: ${code ?? name}${at === undefined ? '' : ` ${at[0] ?? ''}`}`;
}
