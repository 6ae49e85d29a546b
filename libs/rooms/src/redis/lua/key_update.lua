-- Keeps a member's key update in place of its last one. The slot's update goes with its member.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid   ARGV[4] connection   ARGV[5] suite   ARGV[6] gid   ARGV[7] slot   ARGV[8] ku_seq   ARGV[9] bytes
-- Returns  {'OK'} · {'ERR_NOT_MEMBER'} · {'ERR_FORMAT'} · {'ERR_DUPLICATE'} · {'ERR_RATE', ms}
-- Idempotent by the bytes.
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local mid, slot, ku_seq, bytes = ARGV[3], tonumber(ARGV[7]), tonumber(ARGV[8]), ARGV[9]
local KU_SEQ_OFFSET = 38

local room = load_room()
local member = find_speaker(room, mid, ARGV[4])
if not member then
  return refuse('ERR_NOT_MEMBER')
end
local is_matching = tonumber(ARGV[5]) == room.suite
  and redis.call('HGET', META, 'gid') == ARGV[6]
  and slot == member.idx
if not is_matching then
  return refuse('ERR_FORMAT')
end
local kept = redis.call('HGET', UPDATES, slot)
if kept == bytes then
  return { 'OK' }
end
if kept and struct.unpack('>H', kept, KU_SEQ_OFFSET) >= ku_seq then
  return refuse('ERR_DUPLICATE')
end
local wait, full_at = wait_for(mid, 'keyUpdate')
if wait > 0 then
  return refuse('ERR_RATE', whole(wait))
end
spend_rate(mid, 'keyUpdate', full_at)
redis.call('HSET', UPDATES, slot, bytes)
set_expiries(room)
return { 'OK' }
