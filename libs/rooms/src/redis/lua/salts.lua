-- The salts of address keys: one a period, the last one kept beside it.
-- KEYS[1]  period, current, previous
-- ARGV[2]  length of a period in ms   ARGV[3] random bytes, taken when a new period has begun
-- Returns  {'OK', current, previous or ''}
-- include clock.lua
local SALTS, length = KEYS[1], tonumber(ARGV[2])
local period = math.floor(now / length)

local known = redis.call('HMGET', SALTS, 'period', 'current', 'previous')
if known[1] and tonumber(known[1]) == period then
  return { 'OK', known[2], known[3] }
end
local previous = known[1] and tonumber(known[1]) == period - 1 and known[2] or ''
redis.call('HSET', SALTS, 'period', whole(period), 'current', ARGV[3], 'previous', previous)
expire_at(SALTS, (period + 2) * length)
return { 'OK', ARGV[3], previous }
