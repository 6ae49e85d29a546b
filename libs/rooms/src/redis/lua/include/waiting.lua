-- Newcomers who wait: mid -> 13 digits end | kph[32] | sigPub[65] | u8 n | connection[n] | key package.
local function pack_newcomer(newcomer)
  return string.format('%013.0f', newcomer.ends)
    .. newcomer.kph
    .. newcomer.sig_pub
    .. string.char(#newcomer.connection)
    .. newcomer.connection
    .. newcomer.kp
end

local function unpack_newcomer(mid, record)
  local length = string.byte(record, 111)
  return {
    mid = mid,
    ends = tonumber(string.sub(record, 1, 13)),
    kph = string.sub(record, 14, 45),
    sig_pub = string.sub(record, 46, 110),
    connection = string.sub(record, 112, 111 + length),
    kp = string.sub(record, 112 + length),
  }
end

local function waiting_newcomers()
  local entries, newcomers = redis.call('HGETALL', PENDING), {}
  for i = 1, #entries, 2 do
    table.insert(newcomers, unpack_newcomer(entries[i], entries[i + 1]))
  end
  return newcomers
end

-- Mid and record of each who waits still.
local function view_waiting()
  local view = {}
  for _, newcomer in ipairs(waiting_newcomers()) do
    if newcomer.ends > now then
      table.insert(view, newcomer.mid)
      table.insert(view, pack_newcomer(newcomer))
    end
  end
  return view
end
