export { FakeClock } from './fake-clock.ts';
export { FakeConnection } from './fake-connection.ts';
export { FakeGateway } from './fake-gateway.ts';
export { Faults } from './faults.ts';
export { Participant } from './participant.ts';
export { PooledKeySource } from './pooled-keys.ts';
export { quiet, watchWebCrypto } from './quiet.ts';
export { World } from './world.ts';
