import type { Invitation, RoomClientDeps } from '@bytechat/client';
import type { Participant } from '../client/participant.ts';
import { World } from '../client/world.ts';
import { HostileRelay } from './hostile-relay.ts';

/** People whose every word goes through a hostile server. */
export class RoomUnderAttack {
  readonly world = new World();
  readonly relay = new HostileRelay(this.world.gateway.connect);
  readonly people = new Map<string, Participant>();
  #invitation: Invitation | undefined;

  /** A room whose first member founds it and lets the others in; everybody is active and sees everybody. */
  static async of<const Names extends readonly string[]>(
    names: Names,
    options: { password?: string; history?: 'ttl' | 'none' } = {},
  ): Promise<{ room: RoomUnderAttack; people: { [I in keyof Names]: Participant } }> {
    const room = new RoomUnderAttack();
    const [founder = 'anna', ...others] = names;
    const anna = room.person(founder);
    room.#invitation = await room.world.settled(anna.create(options));
    await room.world.until(() => anna.active, 'the founder is active');
    for (const name of others) await room.joins(name, options.password);
    return { room, people: names.map((name) => room.get(name)) as { [I in keyof Names]: Participant } };
  }

  get code(): string {
    if (!this.#invitation) throw new Error('There is no room yet.');
    return this.#invitation.code;
  }

  get(name: string): Participant {
    const person = this.people.get(name);
    if (!person) throw new Error(`There is no ${name}.`);
    return person;
  }

  /** Somebody with a client that hasn't done anything yet. */
  person(name: string, deps: Partial<RoomClientDeps> = {}): Participant {
    const person = this.world.person({ transport: this.relay.between(name), ...deps });
    this.people.set(name, person);
    return person;
  }

  async joins(name: string, password?: string): Promise<Participant> {
    const person = this.person(name);
    await this.world.settled(person.join({ code: this.code, ...(password ? { password } : {}) }));
    await this.world.until(() => person.active, `${name} is in`);
    const { mid } = person.self;
    const sees = ({ active, members }: Participant): boolean =>
      !active || members.some((member) => member.mid === mid);
    await this.world.until(() => [...this.people.values()].every(sees), `everybody sees ${name}`);
    return person;
  }
}
