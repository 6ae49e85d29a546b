-- The alias that the rid of a later invite is: first rid[16] | when it ends, in digits.
local function find_alias()
  local alias = redis.call('GET', ALIAS)
  local ends = alias and tonumber(string.sub(alias, 17))
  if ends and ends > now then
    return string.sub(alias, 1, 16), ends
  end
end
