import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import { Interruption } from '../failure.ts';

/** The terminal itself: standard input may be a file at the same time. */
const TERMINAL = '/dev/tty';

/**
 * Asks for one line that is not shown while it is typed. Undefined where the process has no terminal.
 * @throws {Interruption} after Ctrl-C.
 */
export async function askHidden(question: string): Promise<string | undefined> {
  const terminal = openTerminal();
  if (!terminal) return undefined;
  terminal.output.write(question);
  try {
    return await readUnseen(terminal.input);
  } finally {
    terminal.output.write('\n');
    terminal.input.destroy();
    terminal.output.destroy();
  }
}

function openTerminal(): { input: ReadStream; output: WriteStream } | undefined {
  try {
    return {
      input: new ReadStream(openSync(TERMINAL, 'r')),
      output: new WriteStream(openSync(TERMINAL, 'w')),
    };
  } catch {
    return undefined;
  }
}

function readUnseen(input: ReadStream): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  return new Promise((resolve, reject) => {
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    reader.once('SIGINT', () => {
      reject(new Interruption());
      reader.close();
    });
    reader.once('close', () => resolve(''));
  });
}
