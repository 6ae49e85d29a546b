import { Socket } from 'node:net';

/**
 * Loaded into a gateway before it starts (`node --import`): its connections come from an address of their own, so that a
 * relay can tell this gateway from the others.
 */
const localAddress = process.env['CHAOS_SOURCE_ADDRESS'];
const connect = Socket.prototype.connect;

/** @param {unknown[]} given */
Socket.prototype.connect = function (...given) {
  const [first] = given;
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object' && options !== null && 'port' in options)
    Object.assign(options, { localAddress });
  return Reflect.apply(connect, this, given);
};
