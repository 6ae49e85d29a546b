-- Wrong gates of one room (PROTOCOL decision 20), in one hash: failures, locks, windowEnds, lockEnds of the room, and
-- `a<address key>` = failures:ends of an address. The room's own limit bounds the number of addresses.
local function address_failures(addresses)
  local failures, ends = 0, now + settings.gates.addressWindowMs
  for _, address in ipairs(addresses) do
    local entry = redis.call('HGET', GATES, 'a' .. address) or '0:0'
    local count, closes = string.match(entry, '(%d+):(%d+)')
    if tonumber(closes) > now and tonumber(count) > failures then
      failures, ends = tonumber(count), tonumber(closes)
    end
  end
  return failures, ends
end

-- Milliseconds for which this address may not join; 0 when it may.
local function locked_for(addresses)
  local failures, ends = address_failures(addresses)
  local by_address = failures >= settings.gates.addressFailures and ends - now or 0
  local lock_ends = tonumber(redis.call('HGET', GATES, 'lockEnds') or 0)
  return math.max(by_address, lock_ends - now, 0)
end

local function open_window()
  local entries = redis.call('HGETALL', GATES)
  for i = 1, #entries, 2 do
    local closes = string.sub(entries[i], 1, 1) == 'a' and string.match(entries[i + 1], ':(%d+)$')
    if closes and tonumber(closes) <= now then
      redis.call('HDEL', GATES, entries[i])
    end
  end
  redis.call('HSET', GATES, 'failures', '0', 'locks', '0', 'windowEnds', whole(now + settings.gates.roomWindowMs))
end

local function lock_joins()
  local locks = redis.call('HINCRBY', GATES, 'locks', 1)
  local length = math.min(settings.gates.firstLockMs * 2 ^ (locks - 1), settings.gates.longestLockMs)
  redis.call('HSET', GATES, 'lockEnds', whole(now + length))
end

local function count_failure(addresses)
  if now >= tonumber(redis.call('HGET', GATES, 'windowEnds') or 0) then
    open_window()
  end
  local failures, ends = address_failures(addresses)
  for _, address in ipairs(addresses) do
    redis.call('HSET', GATES, 'a' .. address, whole(failures + 1) .. ':' .. whole(ends))
  end
  if redis.call('HINCRBY', GATES, 'failures', 1) >= settings.gates.roomFailures then
    lock_joins()
  end
end

-- Looks at every byte, wherever the first difference is.
local function is_same(a, b)
  local difference = bit.bxor(#a, #b)
  for i = 1, #a do
    difference = bit.bor(difference, bit.bxor(string.byte(a, i), string.byte(b, i) or 0))
  end
  return difference == 0
end
