import { clientEvents, handshakeAuth, PROTOCOL_VERSION } from '@bytechat/protocol';
import { jsonSchemaOf } from './json-schema.ts';
import { acknowledgements, refusal, serverEvents } from './server-events.ts';
import { version } from './version.ts';

type ClientEvent = keyof typeof clientEvents;
type ServerEvent = keyof typeof serverEvents;

const ref = (path: string): { $ref: string } => ({ $ref: `#/${path}` });
const clientNames = Object.keys(clientEvents) as ClientEvent[];
const serverNames = Object.keys(serverEvents) as ServerEvent[];

/**
 * The events of the socket as AsyncAPI 3.0: one WebSocket, on which Socket.IO (protocol 5) carries one binary MessagePack
 * frame a packet. Every event of a client has an acknowledgement, which is its reply.
 */
export function asyncApi(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'ByteChat, the events',
      version: version(),
      description:
        'Written from the schemas that gateway and client check with. What the bytes are: docs/PROTOCOL.md.',
      license: { name: 'AGPL-3.0-only' },
    },
    defaultContentType: 'application/msgpack',
    servers: {
      gateway: {
        host: 'chat.example',
        pathname: '/socket.io/?EIO=4&transport=websocket',
        protocol: 'wss',
        description: `Protocol version ${PROTOCOL_VERSION}. The handshake's auth is components.schemas.handshake.`,
      },
    },
    channels: {
      socket: {
        address: '/socket.io',
        messages: Object.fromEntries(
          [...clientNames, ...serverNames.map(fromServer), ...clientNames.map(answerTo), 'refusal'].map(
            (name) => [name, ref(`components/messages/${name}`)],
          ),
        ),
      },
    },
    operations: { ...asked(), ...told() },
    components: {
      messages: { ...messages() },
      schemas: { handshake: jsonSchemaOf(handshakeAuth) },
    },
  };
}

const fromServer = (name: ServerEvent): string => `${name}.server`;
const answerTo = (name: ClientEvent): string => `${name}.ok`;
const inSocket = (name: string): { $ref: string } => ref(`channels/socket/messages/${name}`);

/** From the gateway's side: it receives what clients ask. */
function asked(): Record<string, object> {
  return Object.fromEntries(
    clientNames.map((name) => [
      name,
      {
        action: 'receive',
        channel: ref('channels/socket'),
        messages: [inSocket(name)],
        reply: { channel: ref('channels/socket'), messages: [inSocket(answerTo(name)), inSocket('refusal')] },
      },
    ]),
  );
}

function told(): Record<string, object> {
  return Object.fromEntries(
    serverNames.map((name) => [
      `tell_${name}`,
      { action: 'send', channel: ref('channels/socket'), messages: [inSocket(fromServer(name))] },
    ]),
  );
}

function messages(): Record<string, object> {
  const message = (name: string, payload: object) => ({ name, payload });
  return Object.fromEntries([
    ...clientNames.map((name) => [name, message(name, jsonSchemaOf(clientEvents[name]))]),
    ...serverNames.map((name) => [fromServer(name), message(name, jsonSchemaOf(serverEvents[name]))]),
    ...clientNames.map((name) => [
      answerTo(name),
      message(`acknowledgement of ${name}: ok`, jsonSchemaOf(acknowledgements[name])),
    ]),
    ['refusal', message('acknowledgement: refused', jsonSchemaOf(refusal))],
  ]) as Record<string, object>;
}
