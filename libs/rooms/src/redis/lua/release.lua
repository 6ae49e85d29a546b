-- Gives a place of an address back.
-- KEYS[1]  places under the current key   KEYS[2] under the previous one, if there is one
-- ARGV[2]  who holds it
-- Returns  {'OK'}
for _, key in ipairs(KEYS) do
  redis.call('ZREM', key, ARGV[2])
end
return { 'OK' }
