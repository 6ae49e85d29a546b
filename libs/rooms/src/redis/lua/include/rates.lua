-- What members have spent: one token bucket for each kind of act, kept as the time at which it is full again (GCRA).
local RATE_FIELDS = { message = 'm', ephemeral = 'e', commit = 'c', keyUpdate = 'k', complaint = 'n', blobPut = 'p', blobGet = 'g' }

-- Milliseconds until the member may do this, or 0 and then how full the bucket is after it.
local function wait_for(mid, act)
  local rate = settings.rates[act]
  local full_at = math.max(tonumber(redis.call('HGET', RATES, RATE_FIELDS[act] .. mid) or 0), now) + rate.intervalMs
  return math.max(full_at - now - rate.burst * rate.intervalMs, 0), full_at
end

local function spend_rate(mid, act, full_at)
  redis.call('HSET', RATES, RATE_FIELDS[act] .. mid, whole(full_at))
end

local function forget_rates(mid)
  for _, field in pairs(RATE_FIELDS) do
    redis.call('HDEL', RATES, field .. mid)
  end
end
