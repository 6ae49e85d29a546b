import type { Page } from 'playwright-core';

/** Everything that this origin has left in the browser, as one text to look for secrets in; pictures and scripts of the build count as well. */
export function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept: string[] = [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    kept.push(JSON.stringify(await indexedDB.databases()), JSON.stringify(history.state));
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        kept.push(name, request.url, JSON.stringify([...request.headers]), (await response?.text()) ?? '');
      }
    }
    return kept.join('\n');
  });
}

/** The paths of all files that are kept, sorted. */
export function keptPaths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests
      .flat()
      .map(({ url }) => new URL(url).pathname + new URL(url).search + new URL(url).hash)
      .sort();
  });
}

/** Until the worker that keeps the page's files has them and answers for them. */
export async function shellKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === 'activated') return;
    await new Promise((done) => active?.addEventListener('statechange', done, { once: true }));
  });
}
