-- Another invite is the only way in from now on: the rid it replaces is good for resuming only, for as long as the commit
-- is kept, and who waited or might have founded by it no longer does. Returns mid and record of those who waited.
local function rotate_invite(room, next_rid, verifier)
  local fields = redis.call('HGETALL', META)
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 4) == 'old:' and tonumber(fields[i + 1]) <= now then
      redis.call('HDEL', META, fields[i])
    end
  end
  redis.call(
    'HSET', META,
    'old:' .. room.rid, whole(now + settings.keepMs), 'rid', next_rid, 'verifier', verifier
  )
  room.rid, room.elsewhere[3] = next_rid, next_rid
  local turned_away = view_waiting()
  redis.call('DEL', PENDING, ENTITLED)
  return turned_away
end
