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

-- Fields of few values, each of which has many rows: always bitmaps, so that nobody need ask.
local always_bitmap = { type = true, status = true, priority = true, clientKind = true }

--- @return string `string` for a bitmap, `set`, or `none` while nothing is there
local function form_of(field, key)
  return always_bitmap[field] and 'string' or redis.call('TYPE', key).ok
end

local function set_to_bitmap(key)
  local members = redis.call('SMEMBERS', key)
  redis.call('DEL', key)
  for at = 1, #members do
    members[at] = tonumber(members[at])
  end
  bits.write(key, members, 1)
end

-- Most arguments of one call; unpack fails near 8,000.
local most_arguments = 4000

-- @param is_new boolean whether nothing stands under the key: how many rows it has afterwards need not be asked then
local function add_to_set(key, list, is_new)
  for from = 1, #list, most_arguments do
    redis.call('SADD', key, unpack(list, from, math.min(from + most_arguments - 1, #list)))
  end
  if (is_new and #list or redis.call('SCARD', key)) > most_in_set() then
    set_to_bitmap(key)
  end
end

--- @param list table rows, none of which has the value yet
--- @param counted boolean whether the field keeps totals
--- @return boolean whether no row ever had the value
function postings.add(field, value, list, counted)
  local key = keys.posting(field, value)
  local before = form_of(field, key)
  if before == 'string' then
    bits.write(key, list, 1)
  else
    add_to_set(key, list, before == 'none')
  end
  if counted then
    redis.call('ZINCRBY', keys.totals(field), #list, value)
  end
  return before == 'none'
end

--- The same, without totals, for a value that rows were filed under not long ago, so that its form need not be asked
--- for.
function postings.extend(field, value, list)
  local key = keys.posting(field, value)
  if always_bitmap[field] or #list > most_arguments or type(redis.pcall('SADD', key, unpack(list))) == 'table' then
    postings.add(field, value, list, false)
    return
  end
  -- Values that grow by one row at a time never become many.
  if #list > 1 and redis.call('SCARD', key) > most_in_set() then
    set_to_bitmap(key)
  end
end

--- Adds rows given as bytes of a bitmap that hold rows of the caller alone; without totals.
--- @param row number of the first bit, a multiple of 8
--- @return boolean whether no row ever had the value
function postings.fill(field, value, row, bytes)
  local key = keys.posting(field, value)
  local before = form_of(field, key)
  if before == 'set' then
    set_to_bitmap(key)
  end
  redis.call('SETRANGE', key, row / 8, bytes)
  return before == 'none'
end

--- Adds to the totals of many values in two commands: one by one, the calls cost more than the adding.
--- @param values table distinct values
--- @param counts table how many rows more each has
function postings.add_totals(field, values, counts)
  local key = keys.totals(field)
  for from = 1, #values, most_arguments / 2 do
    local to = math.min(from + most_arguments / 2 - 1, #values)
    local before, arguments = redis.call('ZMSCORE', key, unpack(values, from, to)), {}
    for at = from, to do
      local last = #arguments
      arguments[last + 1] = (tonumber(before[at - from + 1]) or 0) + counts[at]
      arguments[last + 2] = values[at]
    end
    redis.call('ZADD', key, unpack(arguments))
  end
end

-- Takes a row out. @return boolean whether it was in
local function take_out(key, form, row)
  if form == 'string' then
    return redis.call('SETBIT', key, row, 0) == 1
  end
  return form == 'set' and redis.call('SREM', key, row) == 1
end

--- Takes a row out of a posting; one that is not in, because an import was cut off, changes nothing.
--- @return boolean whether no row has the value any more (bitmaps are kept, so only a set or a total tells)
function postings.remove(field, value, row, counted)
  local key = keys.posting(field, value)
  local form = form_of(field, key)
  if not take_out(key, form, row) then
    return false
  end
  if counted and tonumber(redis.call('ZINCRBY', keys.totals(field), -1, value)) <= 0 then
    redis.call('ZREM', keys.totals(field), value)
    redis.call('DEL', key)
    return true
  end
  return form == 'set' and redis.call('EXISTS', key) == 0
end

-- Takes rows out of a set. @return number how many it had, number how many are left
local function take_from_set(key, some)
  local list, within, gone = redis.call('SMEMBERS', key), {}, {}
  budget.pay(6 + #list * 0.2)
  for at = 1, #list do
    local row = tonumber(list[at])
    if row >= some.first * 8 and row < (some.last + 1) * 8 then
      within[#within + 1] = row
    end
  end
  for at, present in ipairs(bits.values(some.key, 'u1', within)) do
    if present == 1 then
      gone[#gone + 1] = within[at]
    end
  end
  if #gone == #list then
    redis.call('DEL', key)
  else
    for from = 1, #gone, most_arguments do
      redis.call('SREM', key, unpack(gone, from, math.min(from + most_arguments - 1, #gone)))
    end
  end
  return #gone, #list - #gone
end

-- The same of a bitmap. It becomes a set again when few rows are left, because it is as long as if it had them all, unless
-- the field has nothing but bitmaps.
local function take_from_bitmap(key, some, is_fixed)
  budget.pay(1)
  if redis.call('STRLEN', key) <= some.first then
    return 0, 1
  end
  local gone = bits.take_out(key, some.key, some.scratch, some.first, some.last)
  if gone == 0 then
    return 0, 1
  end
  local left = bits.count(key)
  if left == 0 then
    redis.call('DEL', key)
  elseif not is_fixed and left <= most_in_set() / 2 then
    local list = bits.positions(key, 0, left)
    redis.call('DEL', key)
    for from = 1, #list, most_arguments do
      redis.call('SADD', key, unpack(list, from, math.min(from + most_arguments - 1, #list)))
    end
  end
  return gone, left
end

--- @param key string bitmap of rows
--- @return table as remove_all and add_all take it: where in the bitmap its rows are
function postings.extent(key)
  local first = redis.call('BITPOS', key, 1)
  return {
    key = key, first = first < 0 and 0 or math.floor(first / 8), last = math.max(0, redis.call('STRLEN', key) - 1),
    scratch = bits.temporary(), count = first < 0 and 0 or bits.count(key),
  }
end

--- Adds many rows at once, with totals; none of them has the value yet.
--- @param some table see postings.extent
function postings.add_all(field, value, some)
  if some.count == 0 then
    return
  end
  local key = keys.posting(field, value)
  local form = form_of(field, key)
  if form ~= 'string' and some.count <= most_in_set() then
    add_to_set(key, bits.positions(some.key, some.first * 8, some.count), form == 'none')
  else
    if form == 'set' then
      set_to_bitmap(key)
    end
    bits.add_all(key, some.key)
  end
  redis.call('ZINCRBY', keys.totals(field), some.count, value)
end

--- Takes many rows out of a posting at once; those that are not in change nothing.
--- @param some table { key: bitmap of the rows, first, last: bytes in which it has bits, scratch: a temporary }
--- @return boolean whether it had some of them and no row has the value any more
function postings.remove_all(field, value, some, counted)
  local key = keys.posting(field, value)
  local form = form_of(field, key)
  if form == 'none' then
    return false
  end
  local take = form == 'set' and take_from_set or take_from_bitmap
  local gone, left = take(key, some, always_bitmap[field])
  if gone == 0 then
    return false
  end
  if counted then
    redis.call('ZINCRBY', keys.totals(field), -gone, value)
    if left == 0 then
      redis.call('ZREM', keys.totals(field), value)
    end
  end
  return left == 0
end

--- @return table rows of a value kept as a set; nil when it is a bitmap
local function members(field, key)
  if form_of(field, key) ~= 'set' then
    return nil
  end
  budget.pay(2)
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
    local list = members(field, key)
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

--- @return number how many rows have the value
function postings.size(field, value)
  local key = keys.posting(field, value)
  local form = form_of(field, key)
  if form == 'set' then
    return redis.call('SCARD', key)
  end
  return form == 'string' and bits.count(key) or 0
end

--- @return table rows that have the value
function postings.positions(field, value)
  local key = keys.posting(field, value)
  return members(field, key) or bits.positions(key, 0, math.huge)
end

--- @return number how many rows of the bitmap have the value
function postings.count(field, value, within)
  local key = keys.posting(field, value)
  local list = members(field, key)
  if list then
    return bits.count_of(within, list)
  end
  return bits.count(bits.intersect(within, key))
end

return postings
