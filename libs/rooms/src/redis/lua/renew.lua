-- Renews places of an address.
-- KEYS[1]  places under the current key   KEYS[2] under the previous one, if there is one
-- ARGV[2]  when they end, or ''   ARGV[3] else: ms they are held from now   ARGV[4…] who holds them
-- Returns  {'OK'}
-- include clock.lua
-- include places.lua
local ends = tonumber(ARGV[2]) or now + tonumber(ARGV[3])
local holders = {}
for i = 4, #ARGV do
  table.insert(holders, ARGV[i])
end
keep_places(ends, holders)
return { 'OK' }
