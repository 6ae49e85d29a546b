import type { RecordedRoom } from '@bytechat/crypto/test-support/recorded-room';
import { read } from './markdown.ts';

type Item = RecordedRoom['items'][number];

const SHOWN = 8;

/** The recorded room of suite 2, item by item, for whoever writes another client. */
export function roomWalk(): string {
  const { rooms } = JSON.parse(read('libs/crypto/vectors/rooms.json')) as { rooms: RecordedRoom[] };
  const room = rooms.find(({ suite }) => suite === 2);
  if (!room) throw new Error('No room of suite 2 is recorded.');
  const { ben } = room.observers;
  return [
    `\`ls\` = \`${room.link_secret}\`, code \`${room.code}\`, rid \`${room.rid0}\`,`,
    `gid \`${start(room.gid)}\`, params \`${room.params}\`. Ben comes with item ${ben.joined_at}, dora with item ${room.observers.dora.joined_at}.`,
    '',
    '| seq | What | Item | Epoch, authenticator after it | T after it |',
    '| --- | --- | --- | --- | --- |',
    ...room.items.map(row),
    '',
    `Carl's complaint about item ${carlsItem(room)} is \`${start(room.nack.bytes)}\` (${bytes(room.nack.bytes)}). Dora can`,
    `read items ${room.history.seqs.join(', ')} of the time before her. At the end the words are _${room.safety.words.join(' ')}_.`,
  ].join('\n');
}

function row(item: Item): string {
  const [after, transcript] =
    item.kind === 'commit'
      ? [`${item.after.epoch}, \`${start(item.after.authenticator)}\``, item.after.transcript]
      : [`sender ${item.opened.idx}, ctr ${item.opened.ctr}, ack ${item.opened.seq_ack}`, item.transcript];
  const cells = [
    item.seq,
    item.what,
    `\`${start(item.bytes)}\` ${bytes(item.bytes)}`,
    after,
    `\`${start(transcript)}\``,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The newest commit before the complaint: the one that let carl in. */
function carlsItem({ items, nack }: RecordedRoom): number {
  return items.findLast((item) => item.kind === 'commit' && item.after.epoch === nack.epoch)?.seq ?? 0;
}

function start(hex: string): string {
  return `${hex.slice(0, 2 * SHOWN)}…`;
}

function bytes(hex: string): string {
  return `${hex.length / 2} B`;
}
