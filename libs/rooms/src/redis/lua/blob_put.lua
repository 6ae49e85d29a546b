-- Keeps one chunk of a file.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid      ARGV[4] connection   ARGV[5] file id   ARGV[6] bytes of all chunks   ARGV[7] how many chunks
-- ARGV[8]  which    ARGV[9] its bytes    ARGV[10] '1' when the address holds space for the file
-- ARGV[11] bytes that the room's files may have   ARGV[12] how many they may be
-- Returns  {'OK', first chunk that is missing, when the file ends} · {'OK', -1, 0}: the file is new, the address must
--          hold space for it first
--          {'ERR_NOT_MEMBER'} · {'ERR_FORMAT'} · {'ERR_BLOB_FULL'} · {'ERR_RATE', ms}
-- Idempotent by the bytes; others in their place are ERR_FORMAT.
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local mid, id, size, count = ARGV[3], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])
local index, bytes = tonumber(ARGV[8]), ARGV[9]
local key = blob_key(id)
-- The rest of the memory is for messages.
local SHARE_OF_MEMORY = 0.75

local function memory_is_short()
  local info = redis.call('INFO', 'memory')
  local limit = tonumber(string.match(info, '[\r\n]maxmemory:(%d+)') or 0)
  local used = tonumber(string.match(info, 'used_memory:(%d+)') or 0)
  return limit > 0 and used + size > SHARE_OF_MEMORY * limit
end

local function room_is_full(room)
  local total, files = renew_blobs(room)
  return total + size > tonumber(ARGV[11]) or files >= tonumber(ARGV[12])
end

local room = load_room()
if not find_speaker(room, mid, ARGV[4]) then
  return refuse('ERR_NOT_MEMBER')
end
local blob = find_blob(id)
if blob and (blob.size ~= size or blob.count ~= count) then
  return refuse('ERR_FORMAT')
end
local kept = blob and redis.call('HGET', key, index)
if kept then
  if kept ~= bytes then
    return refuse('ERR_FORMAT')
  end
  return { 'OK', blob.missing, whole(blob.ends) }
end
if not blob then
  if memory_is_short() or room_is_full(room) then
    return refuse('ERR_BLOB_FULL')
  end
  if ARGV[10] ~= '1' then
    return { 'OK', -1, '0' }
  end
  blob = { id = id, size = size, count = count, missing = 0 }
end
local wait, full_at = wait_for(mid, 'blobPut')
if wait > 0 then
  return refuse('ERR_RATE', whole(wait))
end

spend_rate(mid, 'blobPut', full_at)
redis.call('HSET', key, index, bytes)
while blob.missing < count and redis.call('HEXISTS', key, blob.missing) == 1 do
  blob.missing = blob.missing + 1
end
-- As long as the message that tells of it; unfinished, as long as somebody may come back to finish it.
blob.ends = now + (blob.missing == count and room.ttl_ms or settings.keepMs)
save_blob(room, blob)
return { 'OK', blob.missing, whole(blob.ends) }
