-- Ends a membership. Its slot stays until a REMOVE commit; with the last membership the group goes.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid   ARGV[4] connection
-- Returns  {'OK', ends, elsewhere, idx, last, turned away}; turned away: mid and record of each who waited for a group
--          that has ended · {'OK', ends, elsewhere} when there was nothing to leave · {'OK'} when there is no room
-- Idempotent by mid and connection.
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
-- include waiting.lua
local mid, connection = ARGV[3], ARGV[4]

local room = load_room()
if not room then
  return { 'OK' }
end
if not room.has_group then
  local last = redis.call('HGET', META, 'lastLeft')
  if last and string.sub(last, 3) == mid .. connection then
    return { 'OK', whole(room.ends), room.elsewhere, struct.unpack('>H', last), 1, {} }
  end
  return { 'OK', whole(room.ends), room.elsewhere }
end
local member = find_member(mid)
if not member or member.connection ~= connection or not (member.left or membership_lives(member)) then
  return { 'OK', whole(room.ends), room.elsewhere }
end

member.left = true
save_member(member)
redis.call('ZREM', LEASES, mid)
redis.call('DEL', STAGE .. member.idx)
local is_last, turned_away = count_living() == 0, {}
if is_last then
  turned_away = view_waiting()
  -- Whoever made it has left, and nobody else was ever in.
  if room.founded == tonumber(redis.call('HGET', META, 'made')) + 1 and room.epoch == 0 and room.seq == 0 then
    redis.call('HSET', META, 'unused', '1')
    room.elsewhere[4] = '1'
  end
  drop_group(room)
  room.ends = now + settings.emptyMs
  redis.call('HSET', META, 'lastLeft', struct.pack('>H', member.idx) .. mid .. connection)
end
renew_room(room)
return { 'OK', whole(room.ends), room.elsewhere, member.idx, is_last and 1 or 0, turned_away }
