import { toHex } from '../bytes.ts';
import { Group } from '../group.ts';
import { type Identity, type Leaf, leavesOf } from '../identity.ts';
import { deriveInvite } from '../invite.ts';
import { parseKeyUpdate } from '../key-update.ts';
import { splitKeyPackage } from '../key-package.ts';
import type { Opened } from '../messages.ts';
import { memberFingerprint, safetyCode, safetyWords } from '../safety.ts';
import { itemHash } from '../transcript.ts';
import { fromHex } from './hex.ts';
import { importIdentity, importLeaf } from './imported-identity.ts';
import type { RecordedCommit, RecordedMessage, RecordedObserver, RecordedRoom } from './recorded-room.ts';

/** What differs from the recording, one line each; nothing when the code does what it did when the room was recorded. */
export async function replayRoom(room: RecordedRoom): Promise<string[]> {
  const differences: string[] = [];
  for (const name of ['ben', 'dora'] as const) {
    const replay = new Replay(room, name, (line) =>
      differences.push(`suite ${room.suite}, ${name}: ${line}`),
    );
    await replay.run();
  }
  return differences;
}

class Replay {
  readonly #room: RecordedRoom;
  readonly #name: 'ben' | 'dora';
  readonly #differs: (line: string) => void;
  #identity!: Identity;
  #group!: Group;

  constructor(room: RecordedRoom, name: 'ben' | 'dora', differs: (line: string) => void) {
    this.#room = room;
    this.#name = name;
    this.#differs = differs;
  }

  async run(): Promise<void> {
    const observer = this.#room.observers[this.#name];
    await this.#join(observer);
    if (this.#name === 'dora') await this.#readPast();
    for (const item of this.#room.items.filter(({ seq }) => seq > observer.joined_at)) {
      await this.#renewIfDue(observer, item);
      if (item.kind === 'commit') await this.#follow(item);
      else await this.#read(item);
    }
    await this.#compareSafety();
  }

  async #join(observer: RecordedObserver): Promise<void> {
    const [first] = observer.leaves;
    const bytes = fromHex(observer.key_package);
    this.#identity = await importIdentity(this.#room.suite, bytes, {
      signing: fromHex(observer.signing_pkcs8),
      rsa: fromHex(first!.rsa_pkcs8),
      dh: first!.dh_pkcs8 === null ? undefined : fromHex(first!.dh_pkcs8),
    });
    const commit = this.#itemAt(observer.joined_at) as RecordedCommit;
    const frame = fromHex(commit.bytes);
    const { kph, wrap, tag, bundle } = observer.welcome;
    this.#group = await Group.join({
      identity: this.#identity,
      invite: await deriveInvite(fromHex(observer.link_secret), undefined, { kdf: 0, iter: 0 }),
      keyPackage: { bytes, kph: await itemHash(splitKeyPackage(bytes).core) },
      welcome: {
        ...{
          kph: fromHex(kph),
          idx: observer.idx,
          epoch: commit.after.epoch,
          commitId: await itemHash(frame),
        },
        ...{ wrap: fromHex(wrap), tag: fromHex(tag), seq: observer.joined_at, frame },
      },
      groupInfo: fromHex(bundle),
    });
    for (let seq = this.#group.position.seq + 1; seq <= observer.joined_at; seq++) {
      await this.#group.skip(seq, await itemHash(fromHex(this.#itemAt(seq).bytes)));
    }
    this.#compareState(commit);
  }

  async #readPast(): Promise<void> {
    const { from, to, seqs } = this.#room.history;
    this.#compare('the range of the past', this.#group.historyRange, { from, to });
    this.#compare('the past', this.#group.historySeqs, seqs);
    const hashes = this.#room.items
      .filter(({ seq }) => seq >= from && seq <= to)
      .map(({ bytes }) => itemHash(fromHex(bytes)));
    await this.#group.proveHistory(await Promise.all(hashes));
    for (const seq of seqs) {
      const item = this.#itemAt(seq) as RecordedMessage;
      this.#compareOpened(item, await this.#group.openHistory(seq, fromHex(item.bytes)));
    }
  }

  async #read(item: RecordedMessage): Promise<void> {
    const env = fromHex(item.bytes);
    if (item.opened.idx === this.#group.self.idx) await this.#group.acceptOwn(item.seq, env);
    else this.#compareOpened(item, await this.#group.open(item.seq, env));
    this.#compare(`T after ${item.seq}`, toHex(this.#group.position.transcript), item.transcript);
  }

  async #follow(item: RecordedCommit): Promise<void> {
    const wrap = item.wraps[this.#name];
    const own = wrap && { idx: this.#group.self.idx, wrap: fromHex(wrap.wrap), tag: fromHex(wrap.tag) };
    const { rotated } = await this.#group.applyCommit(item.seq, fromHex(item.bytes), own);
    this.#compare(`the code after ${item.seq}`, rotated?.code ?? null, item.new_code);
    this.#compareState(item);
    await this.#checkNack(item);
  }

  /** The complaint is about the commit that let carl in, and is read right after it. */
  async #checkNack(item: RecordedCommit): Promise<void> {
    const { bytes, idx, epoch, commit_id, code } = this.#room.nack;
    if (toHex(await itemHash(fromHex(item.bytes))) !== commit_id) return;
    const nack = await this.#group.checkNack(fromHex(bytes));
    this.#compare(
      'the complaint',
      { ...nack, mid: '', commitId: toHex(nack.commitId) },
      {
        ...{ idx, mid: '', epoch, commitId: commit_id, code },
      },
    );
  }

  /** Ben's new keys stand in his hands before the commit that wraps to them. */
  async #renewIfDue({ leaves }: RecordedObserver, item: { seq: number; what: string }): Promise<void> {
    if (!item.what.includes('key update')) return;
    for (const { key_update, ku_seq, rsa_pkcs8, dh_pkcs8 } of leaves) {
      if (key_update === null) continue;
      const { rsaSpki, dhPub } = parseKeyUpdate(fromHex(key_update));
      const keys = { rsa: fromHex(rsa_pkcs8), dh: dh_pkcs8 === null ? undefined : fromHex(dh_pkcs8) };
      const leaf = { ...(await importLeaf(keys, { rsaSpki, dhPub })), kuSeq: ku_seq, used: false };
      (leavesOf(this.#identity) as [Leaf, ...Leaf[]]).unshift(leaf);
      this.#compare('the key update', (await this.#group.checkKeyUpdate(fromHex(key_update))).kuSeq, ku_seq);
    }
  }

  async #compareSafety(): Promise<void> {
    const { gid, roster, epoch, authenticator } = this.#group;
    const view = { gid, sigPubs: roster.map(({ sigPub }) => sigPub) };
    const ben = roster.find(({ idx }) => idx === this.#room.observers.ben.idx);
    const safety = {
      words: await safetyWords(gid, view.sigPubs),
      code: await safetyCode({ ...view, epoch, authenticator }),
      fingerprint_of_ben: await memberFingerprint(ben!.sigPub),
    };
    this.#compare('what people compare', safety, this.#room.safety);
  }

  #compareState({ seq, after }: RecordedCommit): void {
    const group = this.#group;
    const owner = group.roster.find(({ role }) => role === 'owner')?.idx;
    const state = {
      ...{ epoch: group.epoch, authenticator: toHex(group.authenticator) },
      ...{ transcript: toHex(group.position.transcript), members: group.roster.map(({ idx }) => idx), owner },
    };
    this.#compare(`the state after ${seq}`, state, after);
  }

  #compareOpened({ seq, opened: expected }: RecordedMessage, opened: Opened): void {
    const { idx, ctr, sctr, kuSeq, seqAck, content } = opened;
    const actual = {
      ...{ idx, ctr, ctype: content.type, sent_ms: content.sentMs, ttl: content.ttlSeconds, sctr },
      ...{ ku_seq: kuSeq, seq_ack: seqAck, body: toHex(content.body) },
    };
    this.#compare(`message ${seq}`, actual, expected);
  }

  #compare(what: string, actual: unknown, expected: unknown): void {
    const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (one !== other) this.#differs(`${what} is ${one}, not ${other}`);
  }

  #itemAt(seq: number): RecordedRoom['items'][number] {
    const item = this.#room.items[seq - 1];
    if (item?.seq !== seq) throw new Error(`There is no item ${seq}.`);
    return item;
  }
}
