-- The time of every script: Redis's own, in ms since 1970, or what a test injects.
-- ARGV[1]  '' in production, else the time to take
local now = tonumber(ARGV[1])
-- Redis's own clock doesn't follow an injected one: keys then live longer, and only what scripts check ends anything.
local slack = now and 3600000 or 0
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- A whole number without exponent: Lua's own conversion would write 1e+15.
local function whole(number)
  return string.format('%.0f', number)
end

local function refuse(code, number)
  return { code, number or -1 }
end

local function expire_at(key, ends)
  redis.call('PEXPIRE', key, whole(math.max(1, ends - now) + slack))
end
