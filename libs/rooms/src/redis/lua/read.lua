-- A page of items after a position: messages, commits with the reader's wrap, hashes of what is gone.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid   ARGV[4] generation   ARGV[5] seq   ARGV[6] bytes at most, one item at least
-- Returns  {'OK', generation, seq, epoch, recovered, more, items, base}, base being the last seq that this generation
--          shares with the one asked from, or '' when they are the same; an item being {'m', seq, at, env},
--          {'c', seq, epoch, frame, wrap and tag or ''} or {'h', seq, hash} · {'ERR_NOT_MEMBER'}
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
-- include lost.lua
local BATCH = 32
local from, max_bytes = tonumber(ARGV[5]), tonumber(ARGV[6])

local room = load_room()
local member = room and room.has_group and find_member(ARGV[3])
if not member or not membership_lives(member) then
  return refuse('ERR_NOT_MEMBER')
end
local base = ''
local function answer(recovered, more, items)
  return { 'OK', room.generation, whole(room.seq), room.epoch, recovered, more, items, base }
end
local shared = room.seq
if tonumber(ARGV[4]) ~= room.generation then
  base = base_of(room, tonumber(ARGV[4])) or ''
  shared = tonumber(base) or -1
end
if from > shared or from < recoverable_from(room) then
  return answer(0, 0, {})
end

-- Gives the fields of the entry with a seq, asked for in ascending order, if it is younger than `life`.
local function reader(key, life)
  local batch, position, next_seq, is_done = {}, 1, from + 1, false
  return function(seq)
    while true do
      local entry = batch[position]
      if not entry then
        if is_done then
          return nil
        end
        batch = redis.call('XRANGE', key, whole(next_seq) .. '-0', '+', 'COUNT', BATCH)
        position, is_done = 1, #batch < BATCH
      else
        local found = tonumber(string.match(entry[1], '^%d+'))
        next_seq = found + 1
        if found > seq then
          return nil
        end
        position = position + 1
        if found == seq then
          return tonumber(entry[2][2]) + life > now and entry[2] or nil
        end
      end
    end
  end
end

local function own_wrap(epoch)
  local key = wraps_key(room, epoch)
  if tonumber(redis.call('HGET', key, 'ends') or 0) <= now then
    return ''
  end
  return redis.call('HGET', key, 'w' .. member.idx) or ''
end

local message_at = reader(LOG, room.ttl_ms)
local commit_at = reader(COMMITS, settings.keepMs)
local hash_at = reader(HASHES, settings.keepMs)

local function item_at(seq)
  local message, commit, hash = message_at(seq), commit_at(seq), hash_at(seq)
  if message then
    return { 'm', whole(seq), message[2], message[4] }, #message[4]
  end
  if commit then
    local wrap = own_wrap(tonumber(commit[4]))
    return { 'c', whole(seq), commit[4], commit[6], wrap }, #commit[6] + #wrap
  end
  if hash then
    return { 'h', whole(seq), hash[4] }, 0
  end
end

local items, bytes = {}, 0
for seq = from + 1, room.seq do
  local item, size = item_at(seq)
  if not item then
    return answer(0, 0, {})
  end
  bytes = bytes + size + settings.itemOverhead
  if #items == settings.pageItems or (#items > 0 and bytes > max_bytes) then
    return answer(1, 1, items)
  end
  table.insert(items, item)
end
return answer(1, 0, items)
