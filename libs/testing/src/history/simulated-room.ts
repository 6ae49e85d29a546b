import { LOG_READER, type EventOf, type HistoryEvent } from './event.ts';

interface Outgoing {
  id: string;
  isStored: boolean;
}

interface Person {
  process: string;
  isIn: boolean;
  generation: number;
  /** The newest item taken. */
  seq: number;
  /** In order; only the first can be stored. */
  queue: Outgoing[];
}

interface Item {
  seq: number;
  id: string;
  sender: Person;
}

type Unplaced<T> = T extends unknown ? Omit<T, 'room' | 'tMono'> : never;

/** A room that does all that a real one may do, and nothing else: what its histories say is right by construction. */
export class SimulatedRoom {
  readonly people: Person[];
  readonly #room: string;
  readonly #record: (event: HistoryEvent) => void;
  readonly #now: () => number;
  #generation = 1;
  /** The first generation of this log, and those that carried it on, each with the last seq that it shares. */
  #lineage: { generation: number; seq: number }[] = [{ generation: 1, seq: 0 }];
  #seq = 0;
  #log: Item[] = [];
  #sent = 0;

  constructor(room: string, size: number, now: () => number, record: (event: HistoryEvent) => void) {
    this.#room = room;
    this.#now = now;
    this.#record = record;
    this.people = Array.from({ length: size }, (_, index) => ({
      process: `${room}.p${index}`,
      isIn: false,
      generation: 0,
      seq: 0,
      queue: [],
    }));
    for (const person of this.people) this.enter(person);
  }

  enter(person: Person): void {
    if (person.isIn) return;
    Object.assign(person, { isIn: true, generation: this.#generation, seq: this.#seq });
    this.#says({ process: person.process, type: 'presence', state: 'in', ...this.#head() });
  }

  leave(person: Person): void {
    if (!person.isIn) return;
    for (const { id, isStored } of person.queue)
      this.#says({ process: person.process, type: isStored ? 'info' : 'fail', id });
    Object.assign(person, { isIn: false, queue: [] });
    const { process, generation, seq } = person;
    this.#says({ process, type: 'presence', state: 'out', generation, seq });
  }

  send(person: Person): void {
    if (!person.isIn) return;
    const id = `${this.#room}:${++this.#sent}`;
    person.queue.push({ id, isStored: false });
    this.#says({ process: person.process, type: 'send', id });
  }

  /** The server stores the first that waits; commits and the like take some numbers too. */
  store(person: Person, skipped: number): void {
    const next = person.queue[0];
    if (!person.isIn || person.generation !== this.#generation || !next || next.isStored) return;
    next.isStored = true;
    this.#seq += 1 + skipped;
    this.#log.push({ seq: this.#seq, id: next.id, sender: person });
  }

  refuse(person: Person): void {
    const next = person.queue[0];
    if (!next || next.isStored) return;
    person.queue.shift();
    this.#says({ process: person.process, type: 'fail', id: next.id });
  }

  /** The next item of the log; in a new generation one begins anew. */
  take(person: Person): boolean {
    if (!person.isIn) return false;
    if (person.generation !== this.#generation) {
      this.#follow(person);
      return true;
    }
    const item = this.#log.find(({ seq }) => seq > person.seq);
    if (!item) return false;
    person.seq = item.seq;
    const type = item.sender === person ? 'ok' : 'deliver';
    if (type === 'ok') person.queue.shift();
    const { id, seq } = item;
    this.#says({ process: person.process, type, id, generation: this.#generation, seq });
    return true;
  }

  reconnect({ process, isIn, generation, seq }: Person): void {
    if (isIn) this.#says({ process, type: 'recover', recovered: true, generation, seq });
  }

  /** Comes back as a new member: what was between is missing, and that is said. */
  rejoin(person: Person): void {
    if (!person.isIn) return;
    const [next] = person.queue;
    if (next?.isStored) {
      person.queue.shift();
      this.#says({ process: person.process, type: 'info', id: next.id });
    }
    Object.assign(person, { generation: this.#generation, seq: this.#seq });
    this.#says({ process: person.process, type: 'recover', recovered: false, ...this.#head() });
  }

  /** The log is carried on in another generation, perhaps without its newest items. */
  carryOn(lost: number): void {
    for (const person of this.people) if (person.generation !== this.#generation) this.rejoin(person);
    this.#seq = Math.max(0, this.#seq - lost);
    this.#log = this.#log.filter(({ seq }) => seq <= this.#seq);
    this.#generation += 1;
    this.#lineage.push(this.#head());
  }

  /** The log is gone. */
  beginAnew(): void {
    this.#generation += 1;
    this.#seq = 0;
    this.#log = [];
    this.#lineage = [this.#head()];
  }

  /** Everybody sees everything, and the log is read to its end. */
  settle(): void {
    for (const person of this.people)
      do {
        while (this.take(person));
        this.store(person, 0);
      } while (person.isIn && person.queue.length > 0);
    for (const person of this.people) while (this.take(person));
    this.#readLog();
  }

  /** Who saw nothing that is lost goes on unseen; what was stored and lost is not known to be either. */
  #follow(person: Person): void {
    const { process } = person;
    const newest = this.#lineage.at(-1)!;
    if (this.#lineage.length === 1 || person.seq > newest.seq) {
      this.rejoin(person);
      return;
    }
    const [next] = person.queue;
    if (next?.isStored && !this.#log.some(({ id }) => id === next.id)) {
      person.queue.shift();
      this.#says({ process, type: 'info', id: next.id });
    }
    person.generation = newest.generation;
    this.#says({ process, type: 'recover', recovered: true, ...newest });
  }

  #readLog(): void {
    const process = `${LOG_READER}${this.#room}`;
    const generation = this.#generation;
    const [first, ...carriedOn] = this.#lineage;
    this.#says({ process, type: 'presence', state: 'in', ...first! });
    for (const place of carriedOn) this.#says({ process, type: 'recover', recovered: true, ...place });
    for (const { id, seq } of this.#log) this.#says({ process, type: 'deliver', id, generation, seq });
  }

  #head(): Pick<EventOf<'recover'>, 'generation' | 'seq'> {
    return { generation: this.#generation, seq: this.#seq };
  }

  #says(event: Unplaced<HistoryEvent>): void {
    this.#record({ ...event, room: this.#room, tMono: this.#now() });
  }
}
