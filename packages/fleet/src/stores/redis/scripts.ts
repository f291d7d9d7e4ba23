import { Script } from './script.js'

/**
 * What the scripts share. A group has three keys: `reports` (member to `load weight`), `times` (members by the time of
 * their last report), and `sums`: load, weight and members of the whole group, and since when it can be trusted. All
 * numbers are whole, so that what is added and subtracted leaves nothing behind.
 */
const common = `
local reports, times, sums = KEYS[1], KEYS[2], KEYS[3]
local load, weight, members, since

local function read(report)
  local l, w = string.match(report or '', '^(%d+) (%d+)$')
  return tonumber(l), tonumber(w)
end

local function add(report, sign)
  local l, w = read(report)
  if l then
    load, weight, members = load + sign * l, weight + sign * w, members + sign
  end
end

local function remove(ids)
  if #ids == 0 then return end
  for _, report in ipairs(redis.call('HMGET', reports, unpack(ids))) do add(report, -1) end
  redis.call('HDEL', reports, unpack(ids))
  redis.call('ZREM', times, unpack(ids))
end

local function restore()
  local l, w, m, s = string.match(redis.call('GET', sums) or '', '^(%d+) (%d+) (%d+) (%d+)$')
  load, weight, members, since = tonumber(l), tonumber(w), tonumber(m), tonumber(s)
  return members and members == redis.call('HLEN', reports) and members == redis.call('ZCARD', times)
end

local function keep(expiry)
  if members == 0 then
    redis.call('DEL', sums)
    return
  end
  local text = string.format('%.0f %.0f %.0f %.0f', load, weight, members, since)
  redis.call('SET', sums, text, 'PX', expiry)
  redis.call('PEXPIRE', reports, expiry)
  redis.call('PEXPIRE', times, expiry)
end
`

/**
 * A member reports. Its cost does not depend on how many members there are, but where the sums have to be made again:
 * keys were lost then. Where the clock has jumped, or nobody could report for a while, most members are dropped, and the
 * sums say little until all have reported again: `since` begins anew.
 */
export const exchange: Script = new Script(`${common}
local id, report, expiry = ARGV[1], ARGV[2] .. ' ' .. ARGV[3], tonumber(ARGV[4])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function rebuild()
  load, weight, members, since = 0, 0, 0, now
  local all = redis.call('HGETALL', reports)
  for i = 1, #all, 2 do
    if read(all[i + 1]) and redis.call('ZSCORE', times, all[i]) then
      add(all[i + 1], 1)
    else
      redis.call('HDEL', reports, all[i])
    end
  end
  if redis.call('ZCARD', times) == members then return end
  for _, other in ipairs(redis.call('ZRANGE', times, 0, -1)) do
    if redis.call('HEXISTS', reports, other) == 0 then redis.call('ZREM', times, other) end
  end
end

if not restore() then rebuild() end
local before = members
remove(redis.call('ZRANGEBYSCORE', times, '-inf', now - expiry, 'LIMIT', 0, 100))
remove(redis.call('ZRANGEBYSCORE', times, now + expiry, '+inf', 'LIMIT', 0, 100))
if (before - members) * 2 >= before then since = now end

add(redis.call('HGET', reports, id), -1)
add(report, 1)
redis.call('HSET', reports, id, report)
redis.call('ZADD', times, now, id)
keep(expiry)
return { load, weight, members, now - since < expiry and 1 or 0 }
`)

/** A member is gone. Where the sums do not fit, the next report makes them again. */
export const leave: Script = new Script(`${common}
local isWhole = restore()
local left = redis.call('PTTL', reports)
if isWhole and left > 0 then
  remove({ ARGV[1] })
  keep(left)
else
  redis.call('HDEL', reports, ARGV[1])
  redis.call('ZREM', times, ARGV[1])
end
return 1
`)

/** Every member, its load, its weight. */
export const members: Script = new Script(`
local all = {}
for i, text in ipairs(redis.call('HGETALL', KEYS[1])) do
  if i % 2 == 1 then
    all[#all + 1] = text
  else
    local load, weight = string.match(text, '^(%d+) (%d+)$')
    all[#all + 1], all[#all + 2] = load or '0', weight or '0'
  end
end
return all
`)
