"""What runs inside Redis or Valkey (operation): scripts in Lua, each all or nothing.

Of one municipality, all keys begin with the same `{...}`, so that they lie in one cluster slot:

    <prefix>e:<mark>   an entry, a hash: v sealed value, t its tags (16 bytes each), c class, b when
                       it was made
    <prefix>i:<tag>    the index of a tag: marks, scored by when they end
    <prefix>g          the generation: e an epoch, n a number, d<tag> the number of its last drop

An entry counts only while the index of each of its tags names it: so dropping a tag is deleting its
index, and an index that Redis evicted takes its entries along instead of leaving them undroppable.
What was loaded is stored only if nothing that it is about was dropped since its generation was
read; an epoch that Redis evicted is never made again, so then nothing is stored.
"""

READ = """
local prefix, epoch, lasts, room = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local g = prefix .. 'g'
local known = redis.call('HMGET', g, 'e', 'n')
if not known[1] then
  local made = redis.pcall('HSET', g, 'e', epoch, 'n', '0')
  if type(made) == 'table' and made.err then
    epoch = ''
  else
    redis.call('PEXPIRE', g, lasts)
  end
  known = {epoch, '0'}
elseif redis.call('PTTL', g) < tonumber(lasts) / 2 then
  redis.call('PEXPIRE', g, lasts)
end
local answer = {known[1], known[2]}
for at = 1, #KEYS do
  local mark = string.sub(KEYS[at], #prefix + 3)
  local kept = redis.call('HMGET', KEYS[at], 'v', 't')
  local value = kept[1]
  if value then
    room = room - #value
    if room < 0 then
      break
    end
    for tag = 1, #kept[2], 16 do
      local index = prefix .. 'i:' .. string.sub(kept[2], tag, tag + 15)
      if not redis.call('ZSCORE', index, mark) then
        value = false
        break
      end
    end
  end
  answer[at + 2] = value
end
return answer
"""
"""KEYS entries; ARGV prefix, a new epoch, its lifetime in ms, and for how many bytes there is room.
Gives epoch, number, and what is sealed in each, up to the first for which there is none.
"""

STORE = """
local prefix, epoch, number = ARGV[1], ARGV[2], tonumber(ARGV[3])
local g = prefix .. 'g'
local known = redis.call('HMGET', g, 'e', 'n')
if epoch == '' or known[1] ~= epoch then
  return 0
end
local dropping = tonumber(known[2]) > number
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stored = 0
for at = 1, #KEYS do
  local base = 4 + (at - 1) * 5
  local lasts, class, made = tonumber(ARGV[base]), ARGV[base + 1], ARGV[base + 2]
  local tags, value = ARGV[base + 3], ARGV[base + 4]
  local there = redis.call('HGET', KEYS[at], 'b')
  local stale = there and (tonumber(there) or 0) > tonumber(made)
  if dropping then
    for tag = 1, #tags, 16 do
      local last = redis.call('HGET', g, 'd' .. string.sub(tags, tag, tag + 15))
      if last and tonumber(last) > number then
        stale = true
        break
      end
    end
  end
  if not stale then
    local mark = string.sub(KEYS[at], #prefix + 3)
    redis.call('HSET', KEYS[at], 'v', value, 't', tags, 'c', class, 'b', made)
    redis.call('PEXPIRE', KEYS[at], lasts)
    for tag = 1, #tags, 16 do
      local index = prefix .. 'i:' .. string.sub(tags, tag, tag + 15)
      redis.call('ZREMRANGEBYSCORE', index, '-inf', now)
      redis.call('ZADD', index, now + lasts, mark)
      if redis.call('PTTL', index) < lasts then
        redis.call('PEXPIRE', index, lasts)
      end
    end
    stored = stored + 1
  end
end
return stored
"""
"""KEYS entries; ARGV prefix, epoch, number, then for each entry its lifetime in ms, class, when it
was made, tags, sealed value. Gives how many were stored.
"""

DROP = """#!lua flags=allow-oom
local prefix, lasts, most, name = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local g = prefix .. 'g'
if redis.call('HEXISTS', g, 'e') == 1 then
  if redis.call('HLEN', g) > 2000 then
    redis.call('UNLINK', g)
  else
    local number = redis.call('HINCRBY', g, 'n', 1)
    for at = 5, #ARGV do
      redis.call('HSET', g, 'd' .. ARGV[at], number)
    end
    redis.call('PEXPIRE', g, lasts)
  end
end
local answer = {0}
for at = 5, #ARGV do
  local index = prefix .. 'i:' .. ARGV[at]
  local size = redis.call('ZCARD', index)
  if size > most then
    local gone = prefix .. 'x:' .. name .. ':' .. at
    redis.call('RENAME', index, gone)
    redis.call('PEXPIRE', gone, 600000)
    answer[#answer + 1] = gone
  elseif size > 0 then
    for _, mark in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      answer[1] = answer[1] + redis.call('UNLINK', prefix .. 'e:' .. mark)
    end
    redis.call('UNLINK', index)
  end
end
return answer
"""
"""ARGV prefix, lifetime of a generation in ms, how large an index is emptied at once, a name of our
own, tags. Gives how many entries were dropped, and the larger indices, to be emptied with EMPTY:
nothing counts on them any more.
"""

EMPTY = """
local prefix, most = ARGV[1], tonumber(ARGV[2])
local dropped = 0
local taken = redis.call('ZPOPMIN', KEYS[1], most)
for at = 1, #taken, 2 do
  dropped = dropped + redis.call('UNLINK', prefix .. 'e:' .. taken[at])
end
return {dropped, redis.call('ZCARD', KEYS[1])}
"""
"""KEYS an index out of use; ARGV prefix, how many at once. Gives how many entries were dropped and
how many marks are left.
"""

SHOW = """
local prefix, from, to = ARGV[1], ARGV[2], ARGV[3]
local answer = {}
for _, mark in ipairs(redis.call('ZRANGE', KEYS[1], from, to)) do
  local key = prefix .. 'e:' .. mark
  local about = redis.call('HMGET', key, 'c', 'b')
  answer[#answer + 1] = {about[1], about[2], redis.call('HSTRLEN', key, 'v')}
end
return answer
"""
"""KEYS an index; ARGV prefix, from, to. Gives class, when made, and size, of each."""

BEAT = """#!lua flags=allow-oom
local workers, own, ping = KEYS[1], ARGV[1], ARGV[2]
local lasts, channel = tonumber(ARGV[3]), ARGV[4]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', workers, '-inf', now)
redis.call('ZADD', workers, now + lasts, own)
redis.call('PEXPIRE', workers, 86400000)
return redis.call('PUBLISH', channel, ping)
"""
"""KEYS the workers; ARGV own id, a ping, how long the registration lasts in ms, own channel."""

TELL = """#!lua flags=allow-oom
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local workers = redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')
return {redis.call('PUBLISH', ARGV[1], ARGV[2]), workers}
"""
"""KEYS the workers; ARGV channel, message. Gives how many heard it, and the registered workers."""
