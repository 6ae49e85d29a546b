-- A message that has not expired must be there: when the newest one isn't, Redis has lost the log, and what was before
-- can't be recovered. `logged` is seq:at of the newest message, `lost` the seq at which the loss was seen.
local function note_message(room)
  redis.call('HSET', META, 'logged', whole(room.seq) .. ':' .. whole(now))
end

-- Positions below the one that this returns can't be recovered.
local function recoverable_from(room)
  local logged, lost = unpack(redis.call('HMGET', META, 'logged', 'lost'))
  local seq, at = string.match(logged or '', '(%d+):(%d+)')
  if seq and tonumber(at) + room.ttl_ms > now then
    local newest = redis.call('XREVRANGE', LOG, '+', '-', 'COUNT', 1)[1]
    if not newest or newest[1] ~= seq .. '-0' then
      lost = whole(room.seq)
      redis.call('HSET', META, 'lost', lost)
      redis.call('HDEL', META, 'logged')
    end
  end
  return tonumber(lost or 0)
end
