import { serveShell } from './serve-shell.ts';
import type { ShellBuild } from './shell.ts';
import type { WorkerScope } from './worker-scope.ts';

/** Written in by the last step of the build (tools/delivery). */
declare const SHELL_BUILD: ShellBuild;

serveShell(globalThis as unknown as WorkerScope, SHELL_BUILD);
