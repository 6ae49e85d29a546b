import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAcknowledgement, readRoomInfo, readServerEvent, readWireError } from './server-schemas.ts';

const bytes = (length: number) => new Uint8Array(length);

describe('what a server says', () => {
  it.each([
    ['user_connected', { challenge: bytes(32), serverTime: 1, version: 1 }],
    ['user_joined', { kind: 'pending', kp: bytes(573) }],
    ['user_left', { kind: 'left', idx: 1, mid: bytes(16), reason: 'timeout' }],
    ['new_message', { generation: 1, seq: 2, at: 3, env: bytes(298) }],
    ['session_key_received', { kind: 'commit', generation: 1, seq: 2, epoch: 3, frame: bytes(300) }],
    ['session_key_received', { kind: 'nack', bytes: bytes(156) }],
    ['room_head', { generation: 1, seq: 2 }],
    ['server_notice', { code: 'DRAINING', retryAfterMs: 5 }],
    ['signal', { idx: 1, bytes: bytes(96) }],
  ])('is understood: %s', (name, payload) => {
    expect(readServerEvent(name, payload)).toEqual({ name, payload });
    expect(readServerEvent(name, { ...payload, later: 'an addition' })).toEqual({ name, payload });
  });

  it.each([
    ['user_connected', { challenge: bytes(31), serverTime: 1, version: 1 }],
    ['new_message', { generation: 1, seq: -2, at: 3, env: bytes(298) }],
    ['new_message', { generation: 1, seq: 2, at: 3, env: 'text' }],
    ['server_notice', { code: 'SOMETHING' }],
    ['room_joined', {}],
    ['unheard_of', {}],
  ])('is passed over when it is malformed: %s', (name, payload) => {
    expect(readServerEvent(name, payload)).toBeUndefined();
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (name, payload) => {
        readServerEvent(name, payload);
        readAcknowledgement('sync_room', payload);
        readAcknowledgement('send_message', payload);
        readWireError(payload);
        readRoomInfo(payload);
      }),
    );
  });

  it('is an answer or a refusal or nothing', () => {
    const refusal = { ok: false, error: { code: 'ERR_RATE', message: 'slow down', retryAfterMs: 9 } };
    expect(readAcknowledgement('send_message', refusal)).toEqual(refusal);
    const stored = { ok: true, generation: 1, seq: 2, at: 3 };
    expect(readAcknowledgement('send_message', stored)).toEqual(stored);
    expect(readAcknowledgement('send_message', { ok: true })).toBeUndefined();
    expect(readAcknowledgement('send_message', { ok: false, error: { code: 'ERR_NEW' } })).toBeUndefined();
    const updates = { ok: true, updates: [{ idx: 1, bytes: bytes(468) }], more: false };
    expect(readAcknowledgement('share_session_key', updates)).toEqual(updates);
    expect(readAcknowledgement('join_room', { ok: true, extra: 1 })).toEqual({ ok: true });
  });
});
