import * as fc from 'fast-check';
import { rawCase, type AttackCase } from '../attack-case.ts';
import { clientFrame, frameBytes, Opcode, type Frame } from '../wire/frame.ts';
import { upgradeRequest } from '../wire/upgrade.ts';

/** L0: RFC 6455 on a raw connection. */
const anyFrame: fc.Arbitrary<Frame> = fc.record({
  fin: fc.boolean(),
  rsv: fc.integer({ min: 0, max: 7 }),
  opcode: fc.integer({ min: 0, max: 15 }),
  masked: fc.boolean(),
  payload: fc.uint8Array({ maxLength: 300 }),
  claimedLength: fc.option(
    fc.constantFrom(0n, 125n, 126n, 0xffffn, 0x1_0000n, 2n ** 31n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 64n - 1n),
    { nil: undefined },
  ),
});

const frames = fc.array(anyFrame.map(frameBytes), { minLength: 1, maxLength: 8 });

const afterUpgrade = frames.map((list) =>
  rawCase('L0', 'frames after an upgrade', [upgradeRequest(), ...list]),
);

const pipelined = frames.map((list) =>
  rawCase('L0', 'frames that follow the upgrade without waiting', [
    Buffer.concat([upgradeRequest(), ...list]),
  ]),
);

const fragments = fc.integer({ min: 2, max: 2_000 }).map((count) => {
  const rest = frameBytes({
    ...{ fin: false, rsv: 0, opcode: Opcode.CONTINUATION, masked: true },
    payload: Buffer.from('x'),
  });
  const first = frameBytes({
    ...{ fin: false, rsv: 0, opcode: Opcode.BINARY, masked: true },
    payload: Buffer.from('x'),
  });
  const all = Buffer.concat([first, ...Array.from({ length: count }, () => rest)]);
  return rawCase('L0', 'one message in many pieces', [upgradeRequest(), all]);
});

const closes = fc
  .record({ code: fc.integer({ min: 0, max: 0xffff }), reason: fc.uint8Array({ maxLength: 130 }) })
  .map(({ code, reason }) => {
    const payload = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), reason]);
    return rawCase('L0', 'a close with any code', [upgradeRequest(), clientFrame(Opcode.CLOSE, payload)]);
  });

const text = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) =>
    rawCase('L0', 'text that may be no UTF-8', [upgradeRequest(), clientFrame(Opcode.TEXT, bytes)]),
  );

const halves = fc.integer({ min: 0, max: upgradeRequest().length }).map((length) => {
  const request = upgradeRequest();
  return rawCase('L0', 'an upgrade in two pieces', [request.subarray(0, length), request.subarray(length)]);
});

export const hostileFrames: fc.Arbitrary<AttackCase> = fc.oneof(
  { arbitrary: afterUpgrade, weight: 4 },
  { arbitrary: pipelined, weight: 2 },
  fragments,
  closes,
  text,
  halves,
);
