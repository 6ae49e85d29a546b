-- Takes a token from an address's bucket, kept as the time at which it is full again (GCRA).
-- KEYS[1]  the bucket under the current key   KEYS[2] under the previous one, if there is one
-- ARGV[2]  tokens it holds   ARGV[3] ms after which one comes back
-- Returns  {'OK'} · {'ERR_RATE', ms}
-- include clock.lua
local burst, interval = tonumber(ARGV[2]), tonumber(ARGV[3])

local full_at = now
for _, key in ipairs(KEYS) do
  full_at = math.max(full_at, tonumber(redis.call('GET', key) or 0))
end
full_at = full_at + interval
local too_early_by = full_at - now - burst * interval
if too_early_by > 0 then
  return refuse('ERR_RATE', whole(too_early_by))
end
for _, key in ipairs(KEYS) do
  redis.call('SET', key, whole(full_at))
  expire_at(key, full_at)
end
return { 'OK' }
