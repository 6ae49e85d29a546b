-- The compare-and-set of an epoch: everything is checked before anything changes.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid         ARGV[4] connection      ARGV[5]  suite                        ARGV[6] generation
-- ARGV[7]  epoch       ARGV[8] commit id       ARGV[9]  frame                        ARGV[10] '1' for a rekey
-- ARGV[11] parts of group info                 ARGV[12] number of additions
-- ARGV[13] rid of the next invite, or ''         ARGV[14] its gate verifier
-- ARGV[15…] pairs kph, idx of the additions; then pairs idx, reason of the removals
-- Returns  {'OK', ends, elsewhere, generation, seq, epoch, fresh, added, removed, turned away}; added: idx, mid, record,
--          wrap and tag of each; removed: see include/members.lua; turned away: mid and record of each
--          {'ERR_NOT_MEMBER'} · {'ERR_FORMAT'} · {'ERR_GENERATION', generation} · {'ERR_EPOCH_STALE', epoch} ·
--          {'ERR_STAGE_EXPIRED'} · {'ERR_FULL'} · {'ERR_WRAPS_INCOMPLETE'} · {'ERR_RATE', ms}
-- Idempotent by commit id: the first answer again. Refusals are not remembered.
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
-- include waiting.lua
-- include trim.lua
-- include items.lua
-- include lost.lua
-- include rotate.lua
local mid, commit_id, frame = ARGV[3], ARGV[8], ARGV[9]
local is_rekey, info_parts = ARGV[10] == '1', tonumber(ARGV[11])
local next_rid, next_verifier = ARGV[13], ARGV[14]
local first_addition, first_removal = 15, 15 + 2 * tonumber(ARGV[12])

local room = load_room()
local committer = find_speaker(room, mid, ARGV[4])
if not committer then
  return refuse('ERR_NOT_MEMBER')
end
if tonumber(ARGV[5]) ~= room.suite then
  return refuse('ERR_FORMAT')
end
if tonumber(ARGV[6]) ~= room.generation then
  return refuse('ERR_GENERATION', room.generation)
end
local seq, epoch, at = string.match(redis.call('HGET', ANSWERS, commit_id) or '', '(%d+):(%d+):(%d+)')
if at and tonumber(at) + settings.keepMs > now then
  return { 'OK', whole(room.ends), room.elsewhere, room.generation, seq, epoch, 0, {}, {}, {} }
end
if tonumber(ARGV[7]) ~= room.epoch then
  return refuse('ERR_EPOCH_STALE', room.epoch)
end
if next_rid ~= '' and knows_rid(room, next_rid) then
  return refuse('ERR_FORMAT')
end

-- Who goes: everybody may be removed who left, for a time-out whoever's membership has run out, and anybody may be
-- kicked: whether the committer may is for members to judge. Nobody removes himself.
local slots, removed_mids, staying = redis.call('HGETALL', SLOTS), {}, 0
local mid_at, slot_of = {}, {}
for i = 1, #slots, 2 do
  mid_at[tonumber(slots[i])] = slots[i + 1]
  slot_of[slots[i + 1]] = tonumber(slots[i])
  staying = staying + 1
end
for i = first_removal, #ARGV, 2 do
  local idx, reason = tonumber(ARGV[i]), ARGV[i + 1]
  local member = mid_at[idx] and find_member(mid_at[idx])
  local is_due = member
    and (member.left or reason == 'kick' or (reason == 'timeout' and not membership_lives(member)))
  if not is_due or member.mid == mid then
    return refuse('ERR_FORMAT')
  end
  mid_at[idx], slot_of[member.mid] = nil, nil
  staying = staying - 1
  table.insert(removed_mids, member.mid)
end

-- Who comes: a newcomer who waits, into a free slot, once.
local waiting = {}
for _, newcomer in ipairs(waiting_newcomers()) do
  if newcomer.ends > now then
    waiting[newcomer.kph] = newcomer
  end
end
local added, is_coming, expected_parts = {}, {}, {}
for i = first_addition, first_removal - 2, 2 do
  local newcomer, idx = waiting[ARGV[i]], tonumber(ARGV[i + 1])
  if not newcomer then
    return refuse('ERR_STAGE_EXPIRED')
  end
  if mid_at[idx] or slot_of[newcomer.mid] then
    return refuse('ERR_FORMAT')
  end
  mid_at[idx], slot_of[newcomer.mid] = newcomer.mid, idx
  newcomer.idx, is_coming[newcomer.mid] = idx, true
  table.insert(added, newcomer)
  table.insert(expected_parts, 'a' .. newcomer.kph)
end
if staying + #added > room.max then
  return refuse('ERR_FULL')
end

-- What must be staged: exactly a wrap for everybody who stays, a welcome for everybody who comes, the group info.
if is_rekey then
  for idx, other in pairs(mid_at) do
    if other ~= mid and not is_coming[other] then
      table.insert(expected_parts, 'w' .. idx)
    end
  end
end
for part = 0, info_parts - 1 do
  table.insert(expected_parts, 'g' .. part)
end
local stage_key = STAGE .. committer.idx
local staged = redis.call('HMGET', stage_key, 'commit', 'ends')
local is_staged = staged[1] == commit_id and tonumber(staged[2]) > now
if not is_staged and #expected_parts > 0 then
  return refuse('ERR_STAGE_EXPIRED')
end
local HEADER_FIELDS = 3
if is_staged and redis.call('HLEN', stage_key) ~= #expected_parts + HEADER_FIELDS then
  return refuse('ERR_WRAPS_INCOMPLETE')
end
for _, field in ipairs(expected_parts) do
  if redis.call('HEXISTS', stage_key, field) == 0 then
    return refuse('ERR_WRAPS_INCOMPLETE')
  end
end
for _, newcomer in ipairs(added) do
  newcomer.welcome = redis.call('HGET', stage_key, 'a' .. newcomer.kph)
  if struct.unpack('>H', newcomer.welcome) ~= newcomer.idx then
    return refuse('ERR_WRAPS_INCOMPLETE')
  end
end

local wait, full_at = wait_for(mid, 'commit')
if wait > 0 then
  return refuse('ERR_RATE', whole(wait))
end

spend_rate(mid, 'commit', full_at)
-- Before anything is stored: a lost key must be noticed.
recoverable_from(room)
trim_room(room)
local removed = view_members(removed_mids)
for _, other in ipairs(removed_mids) do
  remove_member(find_member(other))
end
local added_view = {}
for _, newcomer in ipairs(added) do
  table.insert(added_view, newcomer.idx)
  table.insert(added_view, newcomer.mid)
  table.insert(added_view, pack_newcomer(newcomer))
  table.insert(added_view, string.sub(newcomer.welcome, 3))
  redis.call('HDEL', PENDING, newcomer.mid)
  add_member(newcomer)
end
room.epoch = room.epoch + 1
redis.call('HSET', META, 'epoch', whole(room.epoch))
number_item(room, commit_id)
redis.call(
  'XADD', COMMITS, whole(room.seq) .. '-0',
  't', whole(now), 'p', whole(room.epoch), 'f', frame, 'c', commit_id
)
note_newest('committed', room)
redis.call('HSET', ANSWERS, commit_id, whole(room.seq) .. ':' .. whole(room.epoch) .. ':' .. whole(now))
local key = wraps_key(room, room.epoch)
redis.call('DEL', key)
if is_staged then
  redis.call('RENAME', stage_key, key)
  redis.call('HSET', key, 'ends', whole(now + settings.keepMs))
  expire_at(key, now + settings.keepMs)
end
local turned_away = {}
if next_rid ~= '' then
  turned_away = rotate_invite(room, next_rid, next_verifier)
end
renew_room(room)
return {
  'OK', whole(room.ends), room.elsewhere,
  room.generation, whole(room.seq), room.epoch, 1, added_view, removed, turned_away,
}
