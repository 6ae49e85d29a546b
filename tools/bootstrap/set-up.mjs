import { findNode24 } from './node24.mjs';
import { install } from './install.mjs';

/** What every command needs before anything else: the packages, and Node 24 to run them. */
export async function setUp() {
  await install();
  findNode24();
}
