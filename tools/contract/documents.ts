import { asyncApi } from './asyncapi.ts';
import { openApi } from './openapi.ts';

/** The committed documents by their path, as they should be. */
export const documents: Readonly<Record<string, () => string>> = {
  'docs/asyncapi.json': () => printed(asyncApi()),
  'docs/openapi.json': () => printed(openApi()),
};

const printed = (document: object): string => `${JSON.stringify(document, undefined, 2)}\n`;
