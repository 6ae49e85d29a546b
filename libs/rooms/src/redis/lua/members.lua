-- All members, or one.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid, or '' for all
-- Returns  {'OK', members}, see include/members.lua
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local room = load_room()
if not room or not room.has_group then
  return { 'OK', {} }
end
return { 'OK', ARGV[3] == '' and view_all_members() or view_members({ ARGV[3] }) }
