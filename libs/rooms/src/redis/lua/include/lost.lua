-- What has not expired must be there: when the newest message or commit isn't, Redis has lost its key, and what was
-- before can't be recovered. `logged` and `committed` are seq:at of the newest ones, `lost` the seq at which a loss was
-- seen. A lost key of hashes needs no witness: an item that nothing stands for isn't recovered either.
local function note_newest(field, room)
  redis.call('HSET', META, field, whole(room.seq) .. ':' .. whole(now))
end

local function is_lost(witness, key, life)
  local seq, at = string.match(witness or '', '(%d+):(%d+)')
  if not seq or tonumber(at) + life <= now then
    return false
  end
  local newest = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1]
  return not newest or newest[1] ~= seq .. '-0'
end

-- Positions below the one that this returns can't be recovered.
local function recoverable_from(room)
  local logged, committed, lost = unpack(redis.call('HMGET', META, 'logged', 'committed', 'lost'))
  for field, is_gone in pairs({
    logged = is_lost(logged, LOG, room.ttl_ms),
    committed = is_lost(committed, COMMITS, settings.keepMs),
  }) do
    if is_gone then
      lost = whole(room.seq)
      redis.call('HSET', META, 'lost', lost)
      redis.call('HDEL', META, field)
    end
  end
  return tonumber(lost or 0)
end
