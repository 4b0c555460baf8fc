--- Sort orders. A meeting's key in an order (title, start, ...) has a 15-bit code: its place among at most 32,767 bounds.
--- The codes are kept bit by bit in 15 bitmaps ("slices"), so the page at any offset is found by AND and BITCOUNT. The
--- bounds come from ranking (electron/ranking), which balances them; any bounds give right answers, only slower.
--- While a ranking builds a new generation, rows written meanwhile are remembered as unranked and coded at its end.
local bits = require('store.bits')
local json = require('json')
local keys = require('store.keys')

local orders = {}

orders.slices = 15

--- Orders with slices, by the meeting's field (client: by its name, which belongs to the client). `createdAt` tells ranges;
--- lists by creation go by row, because of two meetings made in one millisecond one was still made first.
orders.sliced = { start = true, title = true, client = true, duration = true, createdAt = true, changed = true }

--- @param minutes number|nil
--- @return string sort key; no duration comes before 0
function orders.duration_key(minutes)
  return string.format('%06d', minutes and minutes + 1 or 0)
end

--- The text a meeting is sorted by; compared byte by byte.
--- @param client_key string|nil folded client name, for the order by client
function orders.key(order, meeting, client_key)
  if order == 'start' then
    return meeting.startKey
  elseif order == 'title' then
    return meeting.titleKey
  elseif order == 'createdAt' then
    return meeting.createdAt
  elseif order == 'changed' then
    return meeting.changedAt
  elseif order == 'duration' then
    return orders.duration_key(json.value(meeting.durationMinutes))
  end
  return client_key
end

function orders.generation(order)
  return redis.call('HGET', keys.orders(), order) or '0'
end

--- @return table how codes of an order are laid out now: { generation, bits: how many of the slices are in use }
function orders.layout(order)
  local generation, used = orders.generation(order), 0
  local bounds = redis.call('ZCARD', keys.bounds(order, generation))
  while 2 ^ used <= bounds do
    used = used + 1
  end
  return { generation = generation, bits = used }
end

--- @return number 0 to 32767: how many bounds are not after the key
function orders.code(order, generation, key)
  return redis.call('ZLEXCOUNT', keys.bounds(order, generation), '-', '[' .. key)
end

--- @return string|nil the least key that rows with this code can have, boolean whether they have no other, so that ties decide
function orders.bound(order, generation, code)
  if code == 0 then
    return nil, false
  end
  local bounds = redis.call('ZRANGE', keys.bounds(order, generation), code - 1, code)
  return bounds[1], bounds[2] == bounds[1] .. '\0'
end

local function bit(code, number)
  return math.floor(code / 2 ^ number) % 2
end
orders.bit = bit

--- Sets the row's code in every slice where it differs; `before` nil sets them all.
function orders.write_code(order, generation, row, before, code)
  for number = 0, orders.slices - 1 do
    if not before or bit(before, number) ~= bit(code, number) then
      redis.call('SETBIT', keys.slice(order, generation, number), row, bit(code, number))
    end
  end
end

--- Writes codes of rows that follow one another as bytes of the slices.
--- @param row number of the first, a multiple of 8
--- @param bytes string a piece for each slice, of the same length
function orders.write_slices(order, generation, row, bytes)
  local width = #bytes / orders.slices
  for number = 0, orders.slices - 1 do
    local piece = string.sub(bytes, number * width + 1, (number + 1) * width)
    redis.call('SETRANGE', keys.slice(order, generation, number), row / 8, piece)
  end
end

local function remember_unranked(order, list)
  if redis.call('HEXISTS', keys.orders(), order .. ':building') == 1 then
    for from = 1, #list, 4000 do
      redis.call('SADD', keys.unranked(order), unpack(list, from, math.min(from + 3999, #list)))
    end
  end
end

--- Files rows under their keys.
--- @param list table rows
--- @param key_list table the key of each
--- @param fresh boolean the rows were never filed: all their bits are 0; otherwise all bits are set anew
function orders.file(order, list, key_list, fresh)
  local generation = orders.generation(order)
  -- Without bounds every code is 0.
  if not fresh or redis.call('ZCARD', keys.bounds(order, generation)) > 0 then
    for at = 1, #list do
      orders.write_code(order, generation, list[at], fresh and 0 or nil, orders.code(order, generation, key_list[at]))
    end
  end
  remember_unranked(order, list)
end

--- Takes the codes of many new rows as bytes of their slices (see postings.fill), made by Node.
--- @param generation string whose bounds the codes were made from
--- @param list table the rows
--- @param bytes string see orders.write_slices
--- @return boolean whether these bounds are still in force; if not, nothing was done
function orders.fill(order, generation, row, list, bytes)
  if generation ~= orders.generation(order) then
    return false
  end
  orders.write_slices(order, generation, row, bytes)
  remember_unranked(order, list)
  return true
end

--- Files a row under another key.
function orders.move(order, row, before, key)
  if key ~= before then
    local generation = orders.generation(order)
    orders.write_code(order, generation, row, orders.code(order, generation, before), orders.code(order, generation, key))
    remember_unranked(order, { row })
  end
end

--- Moves all rows of a bitmap from one key to another, without looking at any of them.
function orders.move_all(order, some, before, key)
  local generation = orders.generation(order)
  local old, new = orders.code(order, generation, before), orders.code(order, generation, key)
  for number = 0, orders.slices - 1 do
    if bit(old, number) < bit(new, number) then
      bits.add_all(keys.slice(order, generation, number), some)
    elseif bit(old, number) > bit(new, number) then
      bits.remove_all(keys.slice(order, generation, number), some)
    end
  end
  -- A ranking under way has read the old name: it finds itself forgotten and begins again.
  redis.call('HDEL', keys.orders(), order .. ':building')
end

--- Makes sure that rows written with this key, later than every key so far, share a code that holds nothing else.
--- No code in use changes by it. Does nothing when there is no room for more bounds.
function orders.single_out(order, key)
  local bounds = keys.bounds(order, orders.generation(order))
  if redis.call('ZCARD', bounds) < 2 ^ orders.slices - 3 then
    redis.call('ZADD', bounds, 0, key, 0, key .. '\0')
  end
end

--- Rows of a bitmap whose code is at least this one. From the lowest bit up: with a 1 in the code a row needs its bit and what was
--- found below, with a 0 its bit or that. Bits alike are combined in one step; zeros below the lowest 1 decide nothing.
--- @param layout table of the order
--- @return string bitmap
function orders.at_least(order, layout, within, code)
  if code >= 2 ^ layout.bits then
    return bits.temporary()
  end
  local found, alike, sources = nil, nil, {}
  local function combine()
    if alike == 1 then
      found = bits.intersect(found or within, unpack(sources))
    elseif alike == 0 and found then
      sources[#sources + 1] = found
      found = bits.union(sources)
    end
    sources = {}
  end
  for number = 0, layout.bits - 1 do
    local wanted = bit(code, number)
    if wanted ~= alike then
      combine()
      alike = wanted
    end
    sources[#sources + 1] = keys.slice(order, layout.generation, number)
  end
  combine()
  return found and bits.intersect(within, found) or within
end

return orders
