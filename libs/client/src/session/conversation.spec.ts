import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@bytechat/testing';
import type { ChatMessage, RoomEvent } from '../api.ts';
import { Conversation } from './conversation.ts';

function screen() {
  const clock = new FakeClock(1_000);
  const events: RoomEvent[] = [];
  const gone: string[] = [];
  const conversation = new Conversation(
    clock,
    (event) => events.push(event),
    (ids) => gone.push(...ids),
  );
  const message = {
    id: 'a',
    mid: 'm',
    name: 'Anna',
    own: true,
    text: 'hello',
    sentAt: 900,
    expiresAt: 2_000,
    state: 'sending' as const,
  };
  const seen: ChatMessage = { ...message, reactions: [] };
  return { clock, events, gone, conversation, message, seen };
}

describe('the conversation', () => {
  it('shows a message, its changes, and that its time is over', () => {
    const { clock, events, gone, conversation, message, seen } = screen();
    conversation.show(message);
    conversation.change('a', { state: 'failed', error: 'ERR_TOO_LARGE' });
    conversation.change('a', { state: 'sent' });
    clock.runNext(5_000);
    expect(events).toEqual([
      { type: 'message', message: seen },
      { type: 'message', message: { ...seen, state: 'failed', error: 'ERR_TOO_LARGE' } },
      { type: 'message', message: { ...seen, state: 'sent' } },
      { type: 'expired', ids: ['a'] },
    ]);
    expect(gone).toEqual(['a']);
  });

  it('never shows what comes too late, and changes nothing that is gone', () => {
    const { clock, events, conversation, message } = screen();
    conversation.show({ ...message, expiresAt: 1_000 });
    conversation.change('a', { state: 'sent' });
    conversation.remove('a');
    expect(events).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('tells of a message that comes with its place only once, and again of answers to it', () => {
    const { events, conversation, message, seen } = screen();
    const answer = { ...message, id: 'b', answers: 'ref a' };
    conversation.show(answer, { ref: 'ref b', place: { generation: 1, seq: 2 } });
    conversation.show(message, { ref: 'ref a', place: { generation: 1, seq: 1 } });
    expect(events).toEqual([
      { type: 'message', message: { ...seen, id: 'b', replyTo: {} } },
      { type: 'message', message: seen },
      { type: 'message', message: { ...seen, id: 'b', replyTo: { id: 'a' } } },
    ]);
  });

  it('numbers its lines', () => {
    const { events, conversation } = screen();
    conversation.line({ kind: 'founded' });
    conversation.line({ kind: 'gap', missing: 2 });
    expect(events).toEqual([
      { type: 'system', line: { id: 'line-1', at: 1_000, kind: 'founded' } },
      { type: 'system', line: { id: 'line-2', at: 1_000, kind: 'gap', missing: 2 } },
    ]);
  });
});
