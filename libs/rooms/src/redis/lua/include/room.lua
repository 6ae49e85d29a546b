-- A room's keys, its settings and its state. All keys carry the tag of one room; those of the group go with its last
-- membership. WRAPS, STAGE and BLOB are beginnings of names: `<WRAPS><generation of the founding>:<epoch>`,
-- `<STAGE><idx>`, `<BLOB><file id in hex>`.
-- ARGV[2]  settings as JSON, see settings.ts
local META, GATES, ENTITLED = KEYS[1], KEYS[2], KEYS[3]
local MEMBERS, SLOTS, LEASES, ACTS, RATES, PENDING = KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local LOG, COMMITS, HASHES, ANSWERS = KEYS[10], KEYS[11], KEYS[12], KEYS[13]
local IDS, ENVELOPES, SEEN = KEYS[14], KEYS[15], KEYS[16]
local WRAPS, STAGE, ALIAS, UPDATES = KEYS[17], KEYS[18], KEYS[19], KEYS[20]
local BLOBS, BLOB = KEYS[21], KEYS[22]
local ROOM_KEYS = { META, GATES, ENTITLED }
local GROUP_KEYS = {
  MEMBERS, SLOTS, LEASES, ACTS, RATES, PENDING, LOG, COMMITS, HASHES, ANSWERS, IDS, ENVELOPES, SEEN, UPDATES,
  BLOBS,
}
local META_FIELDS = {
  'ends', 'groupEnds', 'generation', 'founded', 'epoch', 'seq', 'bases', 'replid',
  'suite', 'ttl', 'max', 'rid', 'ac', 'ap', 'unused',
}
local settings = cjson.decode(ARGV[2])

-- Who is master: it changes with a restart and with a failover, after which the newest items may be missing.
local function master_replid()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)') or ''
end

-- Generations follow the clock, in seconds, and rise by one at least: a room that is made again after everything was
-- lost, or a master that never heard of the last change, doesn't begin one a second time. A u32 holds them until 2106.
local function next_generation(generation)
  return math.max(generation + 1, math.floor(now / 1000))
end

-- Under another master the room goes on in the next generation, with everything that is there (PROTOCOL decision 10).
-- `bases` says up to which seq earlier generations were carried on: `generation:seq` of each.
local KEPT_BASES = 16
local function carry_on(room, replid)
  local bases = {}
  for base in string.gmatch(room.has_group and room.bases or '', '%S+') do
    table.insert(bases, base)
  end
  if room.has_group then
    table.insert(bases, whole(room.generation) .. ':' .. whole(room.seq))
  end
  room.bases = table.concat(bases, ' ', math.max(1, #bases - KEPT_BASES + 1))
  room.generation = next_generation(room.generation)
  redis.call('HSET', META, 'generation', whole(room.generation), 'replid', replid, 'bases', room.bases)
end

-- The last seq that an earlier generation shares with the present one, or nil when it isn't carried on.
local function base_of(room, generation)
  for earlier, seq in string.gmatch(room.bases or '', '(%d+):(%d+)') do
    if tonumber(earlier) == generation then
      return seq
    end
  end
end

local function blob_key(id)
  local hex = string.gsub(id, '.', function(byte)
    return string.format('%02x', string.byte(byte))
  end)
  return BLOB .. hex
end

-- What is known of a file is `bytes:chunks:first missing chunk:end`. A file of which no chunk is there is none.
local function read_blob(id, record)
  local size, count, missing, ends = string.match(record or '', '^(%d+):(%d+):(%d+):(%d+)$')
  return ends
    and { id = id, size = tonumber(size), count = tonumber(count), missing = tonumber(missing), ends = tonumber(ends) }
end

local function find_blob(id)
  local blob = read_blob(id, redis.call('HGET', BLOBS, id))
  return blob and blob.ends > now and redis.call('EXISTS', blob_key(id)) == 1 and blob or nil
end

-- A file ends with its room's group, or sooner.
local function expire_blob(room, blob)
  expire_at(blob_key(blob.id), math.min(blob.ends, room.group_ends))
end

local function save_blob(room, blob)
  local fields = { whole(blob.size), whole(blob.count), whole(blob.missing), whole(blob.ends) }
  redis.call('HSET', BLOBS, blob.id, table.concat(fields, ':'))
  expire_at(BLOBS, room.group_ends)
  expire_blob(room, blob)
end

-- Files that have ended are forgotten, others live as long as the group. Returns how many bytes and files there are.
local function renew_blobs(room)
  local entries, total, files = redis.call('HGETALL', BLOBS), 0, 0
  for i = 1, #entries, 2 do
    local blob = read_blob(entries[i], entries[i + 1])
    if blob.ends > now then
      expire_blob(room, blob)
      total, files = total + blob.size, files + 1
    else
      redis.call('HDEL', BLOBS, blob.id)
      redis.call('UNLINK', blob_key(blob.id))
    end
  end
  return total, files
end

local function wraps_key(room, epoch)
  return WRAPS .. whole(room.founded) .. ':' .. whole(epoch)
end

-- Everything of the group goes: log, commits, wraps, stages, files, members.
local function drop_group(room)
  for _, entry in ipairs(redis.call('XRANGE', COMMITS, '-', '+')) do
    redis.call('DEL', wraps_key(room, tonumber(entry[2][4])))
  end
  for _, idx in ipairs(redis.call('HKEYS', SLOTS)) do
    redis.call('DEL', STAGE .. idx)
  end
  for _, id in ipairs(redis.call('HKEYS', BLOBS)) do
    redis.call('UNLINK', blob_key(id))
  end
  redis.call('DEL', unpack(GROUP_KEYS))
  redis.call('HDEL', META, 'gid', 'params', 'epoch', 'seq', 'founded', 'bases', 'logged', 'committed', 'lost')
  room.has_group = false
end

-- A key that Redis has lost. Without the members there is no group; what else is known of them follows from their
-- records, and then everybody counts as present and as having acted just now.
local function mend_group(room)
  if redis.call('EXISTS', MEMBERS) == 0 then
    drop_group(room)
    redis.call('HSET', META, 'groupEnds', '0')
    return
  end
  local has_slots, has_leases, has_acts =
    redis.call('EXISTS', SLOTS) == 1, redis.call('EXISTS', LEASES) == 1, redis.call('EXISTS', ACTS) == 1
  local records = redis.call('HGETALL', MEMBERS)
  for i = 1, #records, 2 do
    local mid, idx, left = records[i], struct.unpack('>HB', records[i + 1])
    if not has_slots then
      redis.call('HSET', SLOTS, idx, mid)
    end
    if not has_leases and left == 0 then
      redis.call('ZADD', LEASES, whole(now + settings.presenceMs), mid)
    end
    if not has_acts then
      redis.call('HSET', ACTS, mid, whole(now))
    end
  end
  for _, key in ipairs({ SLOTS, LEASES, ACTS }) do
    expire_at(key, room.group_ends)
  end
end

-- What is known of the room, or nil when it isn't there (any more). Without a group it is at seq 0 and epoch 0.
-- `elsewhere` is what it has on other slots and what is renewed with it: both keys of its address, and its present rid;
-- then '1' when it is unused, and its address has the place back.
local function load_room()
  local values = redis.call('HMGET', META, unpack(META_FIELDS))
  local meta = {}
  for i, field in ipairs(META_FIELDS) do
    meta[field] = values[i]
  end
  if not meta.ends or tonumber(meta.ends) <= now then
    return nil
  end
  local room = {
    ends = tonumber(meta.ends),
    group_ends = tonumber(meta.groupEnds),
    generation = tonumber(meta.generation),
    founded = tonumber(meta.founded),
    epoch = 0,
    seq = 0,
    bases = meta.bases,
    suite = tonumber(meta.suite),
    ttl_ms = tonumber(meta.ttl) * 1000,
    max = math.min(tonumber(meta.max), settings.maxMembers),
    rid = meta.rid,
    elsewhere = { meta.ac, meta.ap, meta.rid, meta.unused or '' },
  }
  room.has_group = room.group_ends > now
  if room.has_group and redis.call('EXISTS', MEMBERS, SLOTS, LEASES, ACTS) < 4 then
    mend_group(room)
  end
  if room.has_group then
    room.epoch, room.seq = tonumber(meta.epoch), tonumber(meta.seq)
  end
  room.dedupe_ms = math.max(room.ttl_ms, settings.keepMs)
  local replid = master_replid()
  if replid ~= meta.replid then
    carry_on(room, replid)
  end
  return room
end

-- Whether the room's present invite has this rid, or an earlier one that is good for resuming still.
local function knows_rid(room, rid)
  return rid == room.rid or tonumber(redis.call('HGET', META, 'old:' .. rid) or 0) > now
end

-- Every key of the room gets the end that it has now.
local function set_expiries(room)
  for _, key in ipairs(ROOM_KEYS) do
    expire_at(key, room.ends)
  end
  if room.has_group then
    for _, key in ipairs(GROUP_KEYS) do
      expire_at(key, room.group_ends)
    end
  end
end

-- After any change of leases: the group lasts as long as its last membership, the room an idle time longer. A room
-- without a group ends when its caller says.
local function renew_room(room)
  room.group_ends = 0
  if room.has_group then
    local newest = redis.call('ZREVRANGE', LEASES, 0, 0, 'WITHSCORES')
    room.group_ends = tonumber(newest[2]) + settings.membershipMs
    room.ends = room.group_ends + settings.emptyMs
  end
  redis.call('HSET', META, 'ends', whole(room.ends), 'groupEnds', whole(room.group_ends))
  set_expiries(room)
  renew_blobs(room)
end
