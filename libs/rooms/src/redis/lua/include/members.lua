-- One member's record: u16 idx | u8 left | kph[32] | sigPub[65] | u8 n | connection[n] | the connection it replaced.
local function pack_member(member)
  return struct.pack('>HB', member.idx, member.left and 1 or 0)
    .. member.kph
    .. member.sig_pub
    .. string.char(#member.connection)
    .. member.connection
    .. member.replaced
end

local function unpack_member(mid, record)
  local idx, left = struct.unpack('>HB', record)
  local length = string.byte(record, 101)
  return {
    mid = mid,
    idx = idx,
    left = left == 1,
    kph = string.sub(record, 4, 35),
    sig_pub = string.sub(record, 36, 100),
    connection = string.sub(record, 102, 101 + length),
    replaced = string.sub(record, 102 + length),
    lease = tonumber(redis.call('ZSCORE', LEASES, mid) or 0),
  }
end

local function find_member(mid)
  local record = redis.call('HGET', MEMBERS, mid)
  return record and unpack_member(mid, record)
end

local function save_member(member)
  redis.call('HSET', MEMBERS, member.mid, pack_member(member))
end

local function membership_lives(member)
  return not member.left and now < member.lease + settings.membershipMs
end

-- The member, when its membership lives and `connection` is the one it is bound to.
local function find_speaker(room, mid, connection)
  local member = room and room.has_group and find_member(mid)
  return member and membership_lives(member) and member.connection == connection and member or nil
end

local function add_member(member)
  member.left, member.replaced = false, ''
  save_member(member)
  redis.call('HSET', SLOTS, member.idx, member.mid)
  redis.call('ZADD', LEASES, whole(now + settings.presenceMs), member.mid)
  redis.call('HSET', ACTS, member.mid, whole(now))
end

local function remove_member(member)
  redis.call('HDEL', MEMBERS, member.mid)
  redis.call('HDEL', SLOTS, member.idx)
  redis.call('ZREM', LEASES, member.mid)
  redis.call('HDEL', ACTS, member.mid)
  redis.call('HDEL', UPDATES, member.idx)
  forget_rates(member.mid)
  redis.call('DEL', STAGE .. member.idx)
end

local function count_living()
  return redis.call('ZCOUNT', LEASES, '(' .. whole(now - settings.membershipMs), '+inf')
end

-- Members as the caller reads them: the time, then pairs of mid and record, mid and lease, mid and last act.
local function view_all_members()
  return {
    whole(now),
    redis.call('HGETALL', MEMBERS),
    redis.call('ZRANGE', LEASES, 0, -1, 'WITHSCORES'),
    redis.call('HGETALL', ACTS),
  }
end

local function view_members(mids)
  local records, leases, acts = {}, {}, {}
  for _, mid in ipairs(mids) do
    local member = find_member(mid)
    if member then
      table.insert(records, mid)
      table.insert(records, pack_member(member))
      table.insert(leases, mid)
      table.insert(leases, whole(member.lease))
      table.insert(acts, mid)
      table.insert(acts, redis.call('HGET', ACTS, mid) or '0')
    end
  end
  return { whole(now), records, leases, acts }
end
