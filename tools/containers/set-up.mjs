import { hasImage, whyNoContainers } from './harness/engine.mjs';

const RYUK = 'testcontainers/ryuk:0.14.0';

/**
 * Before the suite: makes the images, or says in one line why there can be no containers here. Then the stories that
 * need them count as skipped.
 */
export default async function setUp() {
  const reason = await whyNoContainers();
  if (reason !== undefined) process.stderr.write(`Stories in containers are skipped: ${reason}\n`);
  process.env.BYTECHAT_CONTAINERS = reason === undefined ? 'yes' : 'no';
  // It would clean up after a crash of the suite; where it can't be had, each story cleans up after itself.
  if (!(await hasImage(RYUK))) process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
}
