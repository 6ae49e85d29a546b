-- Counts a complaint about a commit; nothing of it is kept.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid   ARGV[4] connection
-- Returns  {'OK'} · {'ERR_NOT_MEMBER'} · {'ERR_RATE', ms}
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local mid = ARGV[3]

local room = load_room()
if not find_speaker(room, mid, ARGV[4]) then
  return refuse('ERR_NOT_MEMBER')
end
local wait, full_at = wait_for(mid, 'complaint')
if wait > 0 then
  return refuse('ERR_RATE', whole(wait))
end
spend_rate(mid, 'complaint', full_at)
set_expiries(room)
return { 'OK' }
