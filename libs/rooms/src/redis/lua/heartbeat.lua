-- Renews the leases of the connections a pod holds, removes what has expired, and answers with all members.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3…] triples: mid, connection, '1' when a person acted since the last heartbeat
-- Returns  {'OK', ends, elsewhere, members} · {'OK'} when there is no room
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
-- include trim.lua
local room = load_room()
if not room then
  return { 'OK' }
end
if not room.has_group then
  return { 'OK', whole(room.ends), room.elsewhere, {} }
end

for i = 3, #ARGV, 3 do
  local mid, connection, acted = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local member = find_member(mid)
  if member and member.connection == connection and not member.left then
    redis.call('ZADD', LEASES, whole(now + settings.presenceMs), mid)
    if acted == '1' then
      redis.call('HSET', ACTS, mid, whole(now))
    end
  end
end
trim_room(room)
renew_room(room)
return { 'OK', whole(room.ends), room.elsewhere, view_all_members() }
