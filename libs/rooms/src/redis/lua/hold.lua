-- Takes or renews a place that an address holds for a while, counted under today's and yesterday's key together, and
-- written under both: a pod that hasn't noticed midnight yet must count it too.
-- KEYS[1]  places under the current key   KEYS[2] under the previous one, if there is one
-- ARGV[2]  who holds it   ARGV[3] ms it is held   ARGV[4] places at most
-- Returns  {'OK', 1 when it is new} · {'ERR_RATE', ms}
-- include clock.lua
-- include places.lua
local holder, limit = ARGV[2], tonumber(ARGV[4])

local held, count, earliest = {}, 0, math.huge
for _, key in ipairs(KEYS) do
  local places = redis.call('ZRANGE', key, '(' .. whole(now), '+inf', 'BYSCORE', 'WITHSCORES')
  for i = 1, #places, 2 do
    local other, ends = places[i], tonumber(places[i + 1])
    if not held[other] then
      count = count + 1
    end
    held[other] = math.max(held[other] or 0, ends)
  end
end
if not held[holder] and count >= limit then
  for _, ends in pairs(held) do
    earliest = math.min(earliest, ends)
  end
  return refuse('ERR_RATE', whole(earliest - now))
end

keep_places(math.max(now + tonumber(ARGV[3]), held[holder] or 0), { holder })
return { 'OK', held[holder] and 0 or 1 }
