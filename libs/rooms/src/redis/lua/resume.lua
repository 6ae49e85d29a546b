-- Binds a member to a new connection.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid   ARGV[4] connection   ARGV[5] the rid as presented
-- Returns  {'OK', ends, elsewhere, idx, replaced connection or ''} · {'ERR_ROOM_NOT_FOUND'} · {'ERR_NOT_MEMBER'}
-- Idempotent by connection.
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local mid, connection = ARGV[3], ARGV[4]

local room = load_room()
if not room or not knows_rid(room, ARGV[5]) then
  return refuse('ERR_ROOM_NOT_FOUND')
end
local member = room.has_group and find_member(mid)
if not member or not membership_lives(member) then
  return refuse('ERR_NOT_MEMBER')
end

if member.connection ~= connection then
  member.replaced = now < member.lease and member.connection or ''
  member.connection = connection
  save_member(member)
end
redis.call('ZADD', LEASES, whole(now + settings.presenceMs), mid)
renew_room(room)
return { 'OK', whole(room.ends), room.elsewhere, member.idx, member.replaced }
