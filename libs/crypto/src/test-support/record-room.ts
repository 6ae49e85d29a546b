import { type Bytes, toHex, utf8 } from '../bytes.ts';
import { CONTENT_TYPES, type Content } from '../content.ts';
import { leavesOf } from '../identity.ts';
import { decodeInviteCode, encodeInviteCode } from '../invite-code.ts';
import { encodeMessageBody, type MessageBody } from '../message-body.ts';
import { encodeParams } from '../params.ts';
import type { CommitChange, PreparedCommit } from '../prepare-commit.ts';
import { memberFingerprint, safetyCode, safetyWords } from '../safety.ts';
import type { Suite } from '../suites.ts';
import { itemHash } from '../transcript.ts';
import { type CapturedKeys, captureKeys } from './captured-keys.ts';
import { fromHex } from './hex.ts';
import { keyPool } from './key-pool.ts';
import type { RecordedObserver, RecordedRoom, RecordedState } from './recorded-room.ts';
import { type Candidate, type Member, PARAMS, Room, welcomeFor } from './room.ts';

const NONE = { addKeyPackages: [], removes: [] };
const SENT_MS = 1_790_000_000_000;
type Name = 'anna' | 'ben' | 'carl' | 'dora';

/**
 * Plays a room in which everything of BC/1 happens once, and writes down what a server and two members have of it. Every
 * run gives another room.
 */
export async function recordRoom(suite: Suite): Promise<RecordedRoom> {
  const captured = captureKeys();
  try {
    return await new Recorder(captured).play(suite);
  } finally {
    captured.stop();
  }
}

class Recorder {
  readonly #captured: CapturedKeys;
  readonly #items: RecordedRoom['items'] = [];
  readonly #names = new Map<Member, Name>();
  readonly #observers = new Map<Name, RecordedObserver>();
  #room!: Room;

  constructor(captured: CapturedKeys) {
    this.#captured = captured;
  }

  async play(suite: Suite): Promise<RecordedRoom> {
    this.#room = await Room.with(1, keyPool(), suite, { history: 1 });
    const { invite } = this.#room;
    const code = await encodeInviteCode(this.#room.firstLinkSecret);
    const [anna] = this.#room.members as [Member];
    this.#names.set(anna, 'anna');
    await this.#admit('ben', code);
    const question = await this.#say('anna', { kind: 'text', text: 'Grüße an alle 👋' });
    await this.#say('ben', { kind: 'reply', ref: question, text: 'You too' });
    await this.#say('ben', { kind: 'reaction', ref: question, on: true, emoji: '👍' });
    await this.#beat('anna');
    await this.#renewBen();
    await this.#commit('a rekey that wraps to the key update', { ...NONE, rekey: true });
    await this.#say('ben', { kind: 'edit', ref: question, text: 'under new keys' });
    await this.#admit('carl', code);
    await this.#say('carl', { kind: 'text', text: 'x'.repeat(300) });
    const complaint = await this.#complaint();
    await this.#commit('a kick, with another invite', { ...NONE, removes: [{ idx: 2, reason: 'kick' }] });
    await this.#say('anna', { kind: 'delete', ref: question });
    await this.#commit('a rekey under the new link', { ...NONE, rekey: true });
    const newCode = this.#items
      .flatMap((item) => (item.kind === 'commit' ? (item.new_code ?? []) : []))
      .at(-1);
    const dora = await this.#admit('dora', newCode ?? '');
    await this.#say('dora', { kind: 'text', text: 'Now I have read what you said.' });
    return {
      about: 'A room in which everything of BC/1 happens once. See docs/PROTOCOL.md, §17.',
      suite,
      ...{ link_secret: toHex(await decodeInviteCode(code)), code, rid0: toHex(invite.rid) },
      ...{ gid: toHex(anna.group.gid), params: toHex(encodeParams({ ...PARAMS, history: 1 })) },
      observers: { ben: this.#observers.get('ben')!, dora: this.#observers.get('dora')! },
      items: this.#items,
      nack: complaint,
      history: this.#historyOf(dora),
      safety: await this.#safety(),
    };
  }

  async #admit(name: Name, code: string): Promise<Member> {
    const candidate = await this.#room.candidate(SENT_MS);
    const change = { addKeyPackages: [candidate.keyPackage.bytes], removes: [] };
    const prepared = await this.#commit(`${name} is let in`, change, [candidate]);
    const member = this.#room.members.at(-1)!;
    this.#names.set(member, name);
    if (name === 'ben' || name === 'dora') {
      this.#observers.set(name, await this.#observer(candidate, { member, prepared, code }));
    }
    return member;
  }

  async #observer(
    { identity, keyPackage }: Candidate,
    { member, prepared, code }: { member: Member; prepared: PreparedCommit; code: string },
  ): Promise<RecordedObserver> {
    const { seq } = this.#room;
    const { kph, wrap, tag } = welcomeFor(prepared, { identity, keyPackage }, seq);
    return {
      idx: member.group.self.idx,
      link_secret: toHex(await decodeInviteCode(code)),
      key_package: toHex(keyPackage.bytes),
      signing_pkcs8: toHex(await this.#captured.privateKeyOf(identity.sigPub)),
      leaves: [await this.#leafOf(member, undefined)],
      joined_at: seq,
      welcome: { kph: toHex(kph), wrap: toHex(wrap), tag: toHex(tag), bundle: toHex(prepared.groupInfo!) },
    };
  }

  async #leafOf(
    { identity }: Member,
    update: Bytes | undefined,
  ): Promise<RecordedObserver['leaves'][number]> {
    const [{ kuSeq, rsaSpki, dh, dhPub }] = leavesOf(identity);
    return {
      ku_seq: kuSeq,
      rsa_pkcs8: toHex(await this.#captured.privateKeyOf(rsaSpki)),
      dh_pkcs8: dh ? toHex(await this.#captured.privateKeyOf(dhPub)) : null,
      key_update: update ? toHex(update) : null,
    };
  }

  async #renewBen(): Promise<void> {
    const ben = this.#member('ben');
    const update = await this.#room.renew(this.#room.members.indexOf(ben));
    this.#observers.get('ben')!.leaves.push(await this.#leafOf(ben, update));
  }

  async #say(name: Name, said: MessageBody): Promise<Bytes> {
    const content = { ...encodeMessageBody(said), sentMs: SENT_MS + this.#items.length, ttlSeconds: 3_600 };
    return this.#send(name, `${name}: ${said.kind}`, content);
  }

  async #beat(name: Name): Promise<void> {
    const content = { type: CONTENT_TYPES.heartbeat, sentMs: SENT_MS, ttlSeconds: 60, body: utf8('') };
    await this.#send(name, `${name}: heartbeat, not kept`, content, true);
  }

  async #send(name: Name, what: string, content: Content, ephemeral = false): Promise<Bytes> {
    const sender = this.#member(name);
    const witness = this.#room.members.find((member) => member !== sender)!;
    const env = await sender.group.seal(content, { ephemeral });
    const seq = this.#room.items.push(env);
    await sender.group.acceptOwn(seq, env);
    const opened = await Promise.all(
      this.#room.members
        .filter((member) => member !== sender)
        .map(async (member) => ({ member, opened: await member.group.open(seq, env) })),
    );
    const {
      idx,
      ctr,
      sctr,
      kuSeq,
      seqAck,
      content: read,
    } = opened.find(({ member }) => member === witness)!.opened;
    this.#items.push({
      ...{ kind: 'message', seq, bytes: toHex(env), what },
      opened: {
        ...{ idx, ctr, ctype: read.type, sent_ms: read.sentMs, ttl: read.ttlSeconds, sctr },
        ...{ ku_seq: kuSeq, seq_ack: seqAck, body: toHex(read.body) },
      },
      transcript: toHex(witness.group.position.transcript),
    });
    return itemHash(env);
  }

  async #commit(what: string, change: CommitChange, candidates: Candidate[] = []): Promise<PreparedCommit> {
    const prepared = await this.#room.commit(0, change, candidates);
    const wraps = [...this.#observers].flatMap(([name, { idx }]) => {
      const own = prepared.wraps.find((wrap) => wrap.idx === idx);
      return own ? [[name, { wrap: toHex(own.wrap), tag: toHex(own.tag) }] as const] : [];
    });
    this.#items.push({
      ...{ kind: 'commit', seq: this.#room.seq, bytes: toHex(prepared.frame), what },
      wraps: Object.fromEntries(wraps),
      after: this.#state(),
      new_code: prepared.rotate?.code ?? null,
    });
    return prepared;
  }

  #state(): RecordedState {
    const { group } = this.#room.member(0);
    return {
      epoch: group.epoch,
      authenticator: toHex(group.authenticator),
      transcript: toHex(group.position.transcript),
      members: group.roster.map(({ idx }) => idx),
      owner: group.roster.find(({ role }) => role === 'owner')?.idx ?? -1,
    };
  }

  async #complaint(): Promise<RecordedRoom['nack']> {
    const { group } = this.#member('carl');
    const last = this.#items.findLast(({ kind }) => kind === 'commit')!;
    const commitId = await itemHash(fromHex(last.bytes));
    const bytes = toHex(await group.createNack(commitId, 'CONFIRM'));
    return { bytes, idx: group.self.idx, epoch: group.epoch, commit_id: toHex(commitId), code: 'CONFIRM' };
  }

  #historyOf({ group }: Member): RecordedRoom['history'] {
    const { from, to } = group.historyRange!;
    return { from, to, seqs: [...group.historySeqs] };
  }

  async #safety(): Promise<RecordedRoom['safety']> {
    const { group } = this.#room.member(0);
    const view = { gid: group.gid, sigPubs: group.roster.map(({ sigPub }) => sigPub) };
    const { epoch, authenticator } = group;
    return {
      words: await safetyWords(view.gid, view.sigPubs),
      code: await safetyCode({ ...view, epoch, authenticator }),
      fingerprint_of_ben: await memberFingerprint(group.roster.find(({ idx }) => idx === 1)!.sigPub),
    };
  }

  #member(name: Name): Member {
    const member = [...this.#names].find(
      ([one, own]) => own === name && this.#room.members.includes(one),
    )?.[0];
    if (!member) throw new Error(`${name} isn't in the room.`);
    return member;
  }
}
