-- One chunk of a file.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid   ARGV[4] connection   ARGV[5] file id   ARGV[6] which
-- Returns  {'OK', bytes} · {'ERR_NOT_MEMBER'} · {'ERR_BLOB_NOT_FOUND'} · {'ERR_RATE', ms}
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local mid, id = ARGV[3], ARGV[5]

local room = load_room()
if not find_speaker(room, mid, ARGV[4]) then
  return refuse('ERR_NOT_MEMBER')
end
local bytes = find_blob(id) and redis.call('HGET', blob_key(id), ARGV[6])
if not bytes then
  return refuse('ERR_BLOB_NOT_FOUND')
end
local wait, full_at = wait_for(mid, 'blobGet')
if wait > 0 then
  return refuse('ERR_RATE', whole(wait))
end
spend_rate(mid, 'blobGet', full_at)
return { 'OK', bytes }
