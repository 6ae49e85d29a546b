-- The next seq of the room, with the item's hash kept for the transcript.
local function number_item(room, hash)
  room.seq = room.seq + 1
  redis.call('HSET', META, 'seq', whole(room.seq))
  redis.call('XADD', HASHES, 'MAXLEN', '=', settings.keptHashes, whole(room.seq) .. '-0', 't', whole(now), 'h', hash)
  return room.seq
end
