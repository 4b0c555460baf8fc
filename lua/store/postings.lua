--- Postings: which rows have a value. A compact set while few do, a bitmap once many do; callers never need to know.
--- `totals` holds the number of rows of each value of a field that offers its values in lists.
local bits = require('store.bits')
local budget = require('budget')
local keys = require('store.keys')
local rows = require('store.rows')

local postings = {}

-- A set is probed row by row, a bitmap is ANDed whole: with more than this many rows the bitmap is quicker, and there
-- cannot be so many such values that their bitmaps weigh much.
local function most_in_set()
  return math.max(32, rows.count('meetings') / 1024)
end

local function kind(key)
  return redis.call('TYPE', key).ok
end

local function set_to_bitmap(key)
  local members = redis.call('SMEMBERS', key)
  redis.call('DEL', key)
  for at = 1, #members do
    members[at] = tonumber(members[at])
  end
  bits.write(key, members, 1)
end

--- @param list table rows, none of which has the value yet
--- @param counted boolean whether the field keeps totals
function postings.add(field, value, list, counted)
  local key = keys.posting(field, value)
  if kind(key) == 'string' then
    bits.write(key, list, 1)
  else
    redis.call('SADD', key, unpack(list))
    if redis.call('SCARD', key) > most_in_set() then
      set_to_bitmap(key)
    end
  end
  if counted then
    redis.call('ZINCRBY', keys.totals(field), #list, value)
  end
end

--- @return boolean whether no row has the value any more (bitmaps are kept, so only a set tells)
function postings.remove(field, value, row, counted)
  local key = keys.posting(field, value)
  if counted and tonumber(redis.call('ZINCRBY', keys.totals(field), -1, value)) <= 0 then
    redis.call('ZREM', keys.totals(field), value)
    redis.call('DEL', key)
    return true
  end
  if kind(key) == 'string' then
    redis.call('SETBIT', key, row, 0)
    return false
  end
  redis.call('SREM', key, row)
  return redis.call('EXISTS', key) == 0
end

--- @return table rows of a value kept as a set; nil when it is a bitmap
local function members(key)
  if kind(key) ~= 'set' then
    return nil
  end
  local list = redis.call('SMEMBERS', key)
  budget.pay(#list * 0.1)
  for at = 1, #list do
    list[at] = tonumber(list[at])
  end
  return list
end

--- @return string a key holding the rows that have one of the values, as a bitmap; never to be written to
function postings.union(field, values)
  local dense, rare = {}, {}
  for at = 1, #values do
    local key = keys.posting(field, values[at])
    local list = members(key)
    if not list then
      dense[#dense + 1] = key
    else
      for each = 1, #list do
        rare[#rare + 1] = list[each]
      end
    end
  end
  if #rare > 0 then
    local key = bits.temporary()
    bits.write(key, rare, 1)
    dense[#dense + 1] = key
  end
  return bits.union(dense)
end

--- @return number how many rows of the bitmap have the value
function postings.count(field, value, within)
  local key = keys.posting(field, value)
  local list = members(key)
  if list then
    return bits.count_of(within, list)
  end
  return bits.count(bits.intersect(within, key))
end

return postings
