-- Items that expire carry their milliseconds as the first field of their stream entry (ids `seq-0` tell no time).
local BATCH = 16

-- Removes entries older than `life` from the old end of a stream, telling `forget` of each. Returns how many.
local function trim_stream(key, life, forget)
  local removed = 0
  while true do
    local batch = redis.call('XRANGE', key, '-', '+', 'COUNT', BATCH)
    local expired = {}
    for _, entry in ipairs(batch) do
      if tonumber(entry[2][2]) + life > now then
        break
      end
      table.insert(expired, entry[1])
      if forget then
        forget(entry[2])
      end
    end
    if #expired > 0 then
      redis.call('XDEL', key, unpack(expired))
      removed = removed + #expired
    end
    if #expired < BATCH then
      break
    end
  end
  if removed > 0 and redis.call('XLEN', key) == 0 then
    redis.call('DEL', key)
  end
  return removed
end

local function forget_commit(fields)
  redis.call('HDEL', ANSWERS, fields[8])
end

local function forget_message(fields)
  redis.call('HDEL', IDS, fields[4])
  redis.call('HDEL', ENVELOPES, fields[6])
end

-- Removes what has expired from a room that is lived in. Returns how much it was.
local function trim_room(room)
  return trim_stream(LOG, room.ttl_ms)
    + trim_stream(COMMITS, settings.keepMs, forget_commit)
    + trim_stream(HASHES, settings.keepMs)
    + trim_stream(SEEN, room.dedupe_ms, forget_message)
end
