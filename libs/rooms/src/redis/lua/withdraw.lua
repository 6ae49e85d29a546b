-- A newcomer's connection gives up waiting, or the right to found.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  connection
-- Returns  {'OK'}
-- include clock.lua
-- include room.lua
-- include waiting.lua
local connection = ARGV[3]

load_room()
redis.call('ZREM', ENTITLED, connection)
for _, newcomer in ipairs(waiting_newcomers()) do
  if newcomer.connection == connection then
    redis.call('HDEL', PENDING, newcomer.mid)
  end
end
return { 'OK' }
