import type { Anomaly } from './anomaly.ts';
import type { HistoryEvent } from './event.ts';
import { byPlace, placeText, type Message } from './messages.ts';

/** One place, one message; one message, one place (I4, I13). Twice in one view is `checkViews`' to tell. */
export function checkPlaces(events: readonly HistoryEvent[]): Anomaly[] {
  const idAt = new Map<string, string>();
  const placeOf = new Map<string, { text: string; process: string }>();
  const anomalies: Anomaly[] = [];
  for (const event of events) {
    if (event.type !== 'ok' && event.type !== 'deliver') continue;
    const { room, process, id } = event;
    const text = placeText(event);
    const place = JSON.stringify([room, text]);
    const message = JSON.stringify([room, id]);
    const other = idAt.get(place);
    const before = placeOf.get(message);
    if (other !== undefined && other !== id)
      anomalies.push({ kind: 'split-offset', room, process, id, detail: `${text} is ${other} for others` });
    else if (before !== undefined && before.text !== text && before.process !== process)
      anomalies.push({ kind: 'split-offset', room, process, id, detail: `at ${text} and at ${before.text}` });
    idAt.set(place, other ?? id);
    placeOf.set(message, before ?? { text, process });
  }
  return anomalies;
}

/** The order of the log agrees with each sender's order and with real time (I5, I6). Linear after one sort. */
export function checkOrder(messages: Iterable<Message>): Anomaly[] {
  const byRoom = Map.groupBy([...messages].filter(isAcknowledged), ({ sent }) => sent.room);
  return [...byRoom].flatMap(([room, acknowledged]) => {
    acknowledged.sort((a, b) => byPlace(a.ok, b.ok));
    return [...senderOrder(room, acknowledged), ...realTime(room, acknowledged)];
  });
}

type Acknowledged = Required<Pick<Message, 'sent' | 'ok'>> & Message;

const isAcknowledged = (message: Message): message is Acknowledged =>
  message.sent !== undefined && message.ok !== undefined;

function senderOrder(room: string, inPlace: readonly Acknowledged[]): Anomaly[] {
  const newest = new Map<string, Acknowledged>();
  return inPlace.flatMap((message) => {
    const { process, at } = message.sent;
    const before = newest.get(process);
    if (before === undefined || before.sent.at <= at) {
      newest.set(process, message);
      return [];
    }
    const detail = `stands after ${before.id}, which the same sender sent later`;
    return [{ kind: 'nonmonotonic' as const, room, id: message.id, detail }];
  });
}

/** A message whose acknowledgement came before another one was sent stands before it. */
function realTime(room: string, inPlace: readonly Acknowledged[]): Anomaly[] {
  let latest: Acknowledged | undefined;
  return inPlace.flatMap((message) => {
    const overtaken = latest !== undefined && message.ok.at < latest.sent.at ? latest : undefined;
    if (latest === undefined || message.sent.at > latest.sent.at) latest = message;
    if (overtaken === undefined) return [];
    const detail = `stands after ${overtaken.id}, which was sent when this one had its acknowledgement`;
    return [{ kind: 'nonmonotonic' as const, room, id: message.id, detail }];
  });
}
