import { Shell, type ShellBuild } from './shell.ts';
import { USE_NOW } from './use-now.ts';
import type { WorkerScope } from './worker-scope.ts';

/** A build waits until no tab shows the one before, or until somebody wants it: no room is ever reloaded from here. */
export function serveShell(scope: WorkerScope, build: ShellBuild): void {
  const shell = new Shell(build, scope.caches, (request) => scope.fetch(request));
  scope.addEventListener('install', (event) => event.waitUntil(shell.install()));
  scope.addEventListener('activate', (event) => event.waitUntil(shell.tidy()));
  scope.addEventListener('message', ({ data }) => {
    if (data === USE_NOW) void scope.skipWaiting();
  });
  scope.addEventListener('fetch', (event) => {
    const file = shell.fileFor(event.request, scope.location.origin);
    if (file !== undefined) event.respondWith(shell.answer(file));
  });
}
