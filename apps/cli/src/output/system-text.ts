import type { SystemLine } from '@bytechat/client';
import { terminalSafe } from './terminal-safe.ts';

/** What happened in the room, in one sentence; undefined for what a terminal need not show. */
export function systemText(line: SystemLine): string | undefined {
  switch (line.kind) {
    case 'joined':
      return `${terminalSafe(line.name)} joined`;
    case 'left':
      return `${terminalSafe(line.name)} left`;
    case 'timeout':
      return `${terminalSafe(line.name)} left (connection lost)`;
    case 'renamed':
      return `${terminalSafe(line.before)} is now ${terminalSafe(line.name)}`;
    case 'founded':
      return 'The room is open. Only people with the link can come in.';
    case 'foundedAnew':
      return "The room was empty and has started anew. Earlier messages can't be read.";
    case 'rejoined':
      return "You were away too long and came back anew. Messages in between can't be read.";
    case 'gap':
      return line.missing === 1 ? 'One message is missing.' : `${line.missing} messages are missing.`;
    case 'unreadable':
      return 'A message could not be read and was dropped.';
    default:
      return undefined;
  }
}
