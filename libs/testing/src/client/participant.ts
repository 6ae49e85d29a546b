import {
  createRoomClient,
  type ChatMessage,
  type ConnectionState,
  type CreateOptions,
  type Invitation,
  type JoinOptions,
  type Knocker,
  type Member,
  type Membership,
  type RoomClient,
  type RoomClientDeps,
  type RoomEvent,
  type Security,
  type SystemLine,
} from '@bytechat/client';

/** Somebody with a client and a screen: what a person would see is what tests look at. */
export class Participant {
  readonly client: RoomClient;
  readonly events: RoomEvent[] = [];
  readonly lines: SystemLine[] = [];
  readonly notices: string[] = [];
  readonly alarms: string[] = [];
  connection: ConnectionState = { state: 'idle' };
  membership: Membership = { step: 'none' };
  members: Member[] = [];
  security: Security | undefined;
  /** Who asks to be let in. */
  knocking: Knocker[] = [];
  readonly invitations: Invitation[] = [];
  /** What the room was made with, as far as the person is told. */
  terms: Extract<RoomEvent, { type: 'invitation' }>['options'] | undefined;
  readonly #messages = new Map<string, ChatMessage>();

  constructor(deps: RoomClientDeps) {
    this.client = createRoomClient(deps);
    this.client.subscribe((event) => this.#see(event));
  }

  /** What is on the screen, in the order it came. */
  get messages(): ChatMessage[] {
    return [...this.#messages.values()];
  }

  get texts(): string[] {
    return this.messages.map(({ text }) => text);
  }

  get active(): boolean {
    return this.membership.step === 'active' && this.connection.state === 'online';
  }

  get self(): Member {
    const self = this.members.find((member) => member.self);
    if (!self) throw new Error('Not in the room.');
    return self;
  }

  create(options: CreateOptions = {}): Promise<Invitation> {
    return this.client.create(options);
  }

  join(options: JoinOptions): Promise<Invitation> {
    return this.client.join(options);
  }

  send(text: string): Promise<ChatMessage> {
    return this.client.send(text);
  }

  stateOf(text: string): ChatMessage['state'] | undefined {
    return this.messages.find((message) => message.text === text)?.state;
  }

  sees(...texts: string[]): boolean {
    return texts.every((text) => ['sent', 'delivered'].includes(this.stateOf(text) ?? ''));
  }

  told(kind: SystemLine['kind']): boolean {
    return this.lines.some((line) => line.kind === kind);
  }

  #see(event: RoomEvent): void {
    this.events.push(event);
    switch (event.type) {
      case 'connection':
        this.connection = event.connection;
        break;
      case 'membership':
        this.membership = event.membership;
        break;
      case 'members':
        this.members = event.members;
        break;
      case 'message':
        this.#messages.set(event.message.id, event.message);
        break;
      case 'expired':
        for (const id of event.ids) this.#messages.delete(id);
        break;
      case 'system':
        this.lines.push(event.line);
        break;
      case 'notice':
        this.notices.push(event.code);
        break;
      case 'alarm':
        this.alarms.push(event.code);
        break;
      case 'invitation':
        this.invitations.push(event.invitation);
        this.terms = event.options;
        break;
      case 'knocking':
        this.knocking = event.people;
        break;
      case 'security':
        this.security = event.security;
        break;
    }
  }
}
