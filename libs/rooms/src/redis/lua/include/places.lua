-- Writes places under every key and drops those that have run out.
local function keep_places(ends, holders)
  for _, key in ipairs(KEYS) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', whole(now))
    for _, holder in ipairs(holders) do
      redis.call('ZADD', key, whole(ends), holder)
    end
    local last = redis.call('ZREVRANGE', key, 0, 0, 'WITHSCORES')
    expire_at(key, tonumber(last[2]))
  end
end
