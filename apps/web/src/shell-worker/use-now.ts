/** The one word the page says to the worker: somebody wants the new build now. */
export const USE_NOW = 'use-now';
