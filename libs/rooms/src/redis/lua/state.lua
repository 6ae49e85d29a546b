-- What is known of a room without being in it.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  the rid as presented   ARGV[4] the room's first rid, which it always answers to
-- Returns  {'OK', now, generation, seq, epoch, gid or '', options, members, ms an empty room still lives,
--          present rid} · {'OK'} when there is no room
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local room = load_room()
if not room or not (ARGV[3] == ARGV[4] or knows_rid(room, ARGV[3])) then
  return { 'OK' }
end
local gid, options = unpack(redis.call('HMGET', META, 'gid', 'options'))
return {
  'OK', whole(now), room.generation, whole(room.seq), room.epoch,
  room.has_group and gid or '', options,
  room.has_group and count_living() or 0,
  room.has_group and 0 or whole(room.ends - now), room.rid,
}
