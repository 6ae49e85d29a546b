import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recordRoom } from '@bytechat/crypto/test-support/record-room';

/** Plays a room in each suite and writes it down: `node tools/replay/record.ts`. Every run gives other keys. */
const rooms = [await recordRoom(1), await recordRoom(2)];
const target = fileURLToPath(new URL('../../libs/crypto/vectors/rooms.json', import.meta.url));
writeFileSync(target, `${JSON.stringify({ rooms }, undefined, 1)}\n`);
process.stdout.write(`${target}\n`);
