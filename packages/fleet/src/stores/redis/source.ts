/**
 * What Redis runs. A group has three keys: `reports` (member to `load weight`), `times` (members by the time of their last
 * report), and `sums`: load, weight and members of the whole group, and since when it can be trusted. All numbers are
 * whole, so that what is added and subtracted leaves nothing behind.
 *
 * - `report`: its cost does not depend on how many members there are, but where the sums have to be made again, because
 *   keys were lost. Where the clock has jumped, or nobody could report for a while, most members are dropped, and the
 *   sums say little until all have reported again: `since` begins anew.
 * - `leave`: where the sums do not fit, the next report makes them again. It is part of the same script because a process
 *   that ends sends one command, and cannot wait for Redis to ask for a script.
 * - `members`: each with its load and its weight.
 */
export const source = `
local reports, times, sums = KEYS[1], KEYS[2], KEYS[3]
local act, id = ARGV[1], ARGV[2]
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

local function rebuild(now)
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

if act == 'report' then
  local report, expiry = ARGV[3] .. ' ' .. ARGV[4], tonumber(ARGV[5])
  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  if not restore() then rebuild(now) end
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
end

if act == 'leave' then
  local left = redis.call('PTTL', reports)
  if restore() and left > 0 then
    remove({ id })
    keep(left)
  else
    redis.call('HDEL', reports, id)
    redis.call('ZREM', times, id)
  end
  return {}
end

local all = {}
for i, text in ipairs(redis.call('HGETALL', reports)) do
  if i % 2 == 1 then
    all[#all + 1] = text
  else
    local l, w = read(text)
    all[#all + 1], all[#all + 2] = l or 0, w or 0
  end
end
return all
`
