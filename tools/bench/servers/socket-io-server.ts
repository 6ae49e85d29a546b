import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

/** Socket.IO as it comes, with the Redis adapter where REDIS_URL names one: rooms and acknowledgements, nothing else. */
const url = process.env['REDIS_URL'];
const server = createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });
if (url !== undefined) io.adapter(createAdapter(new Redis(url), new Redis(url)));

io.on('connection', (socket) => {
  const room = String(socket.handshake.query['room']);
  void socket.join(room);
  socket.on('m', (text: string, acknowledge: () => void) => {
    socket.to(room).emit('m', text);
    acknowledge();
  });
});

server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })),
);
