-- Takes space of an address for a file, counted under today's and yesterday's key together, and written under both.
-- KEYS[1]  space under the current key   KEYS[2] under the previous one, if there is one
-- ARGV[2]  file and size, `<hex>:<bytes>`   ARGV[3] ms it is held   ARGV[4] bytes at most   ARGV[5] files at most
-- Returns  {'OK'} · {'ERR_BLOB_FULL'}
-- Idempotent by file and size.
-- include clock.lua
-- include places.lua
local holder = ARGV[2]
local function size_of(held)
  return tonumber(string.match(held, ':(%d+)$'))
end

local held, total, files = {}, size_of(holder), 0
for _, key in ipairs(KEYS) do
  for _, other in ipairs(redis.call('ZRANGE', key, '(' .. whole(now), '+inf', 'BYSCORE')) do
    if not held[other] and other ~= holder then
      held[other] = true
      total, files = total + size_of(other), files + 1
    end
  end
end
if total > tonumber(ARGV[4]) or files >= tonumber(ARGV[5]) then
  return refuse('ERR_BLOB_FULL')
end
keep_places(now + tonumber(ARGV[3]), { holder })
return { 'OK' }
