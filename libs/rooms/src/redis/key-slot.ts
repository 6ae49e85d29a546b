/** The slot of a Redis Cluster that a key with a hash tag lies on: CRC16/XMODEM of the tag, of 16,384. */
export function slotOf(key: string): number {
  const tag = key.slice(key.indexOf('{') + 1, key.indexOf('}'));
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc % 16_384;
}
