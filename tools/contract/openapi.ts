import { jsonSchemaOf } from './json-schema.ts';
import { refusal, roomInfo } from './server-events.ts';
import { version } from './version.ts';

/** The HTTP API of the public port as OpenAPI 3.1: one question. The internal port has its own table in OPERATIONS.md. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'ByteChat, the HTTP API',
      version: version(),
      description: 'Everything else goes over the socket: see asyncapi.json.',
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    servers: [{ url: 'https://chat.example' }],
    paths: { '/api/room/{rid}/info': { get: info() } },
    components: {
      schemas: { RoomInfo: jsonSchemaOf(roomInfo), Refused: refused() },
    },
  };
}

function info(): object {
  return {
    operationId: 'roomInfo',
    summary: 'What can be known of a room before joining it',
    description: 'A room that nobody knows gets an answer of the same shape, and so does what is no room id.',
    security: [],
    parameters: [
      {
        name: 'rid',
        in: 'path',
        required: true,
        description: 'Room id, derived from the link: 16 bytes in base64url.',
        schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{22}$' },
      },
    ],
    responses: {
      '200': answer('RoomInfo', 'The room as it is now; never cached.'),
      '429': {
        ...answer('Refused', 'This address has asked too often.'),
        headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer', minimum: 1 } } },
      },
      '503': answer('Refused', 'The store does not answer; ask again.'),
    },
  };
}

const answer = (schema: string, description: string): object => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
});

/** As a refusal of the socket, without its `ok`. */
function refused(): object {
  const { properties } = jsonSchemaOf(refusal) as { properties: { error: object } };
  return {
    type: 'object',
    properties: { error: properties.error },
    required: ['error'],
    additionalProperties: false,
  };
}
