--- Ranking: gives a sort order new bounds that balance its codes. Node reads the keys, chooses the bounds and builds the
--- slices; rows written meanwhile are coded at the end, in the same call that puts the new generation in place. A ranking
--- cut off at any point leaves the old generation in force.
local candidates = require('query.candidates')
local json = require('json')
local keys = require('store.keys')
local orders = require('store.orders')
local rows = require('store.rows')

local ranking = {}

-- Keys of rows in an order, by row; none for rows without a record.
local function keys_of(order, list)
  local found = candidates.new({ { by = order, direction = 'ascending' } })
  found:fetch(list)
  return found.keys
end

local function drop(order, generation)
  for number = 0, orders.slices - 1 do
    redis.call('DEL', keys.slice(order, generation, number))
  end
  redis.call('DEL', keys.bounds(order, generation))
end

--- Begins a ranking. Request: { order }. Reply: { generation, rows: how many rows there are now }
function ranking.begin(request)
  local generation = tonumber(orders.generation(request.order)) + 1
  drop(request.order, generation)
  redis.call('DEL', keys.unranked(request.order))
  redis.call('HSET', keys.orders(), request.order .. ':building', generation)
  return cjson.encode({ generation = generation, rows = rows.count('meetings') })
end

--- Answers sort keys of some rows. Request: { order, from, count }. Reply: { keys: [text|null] }. Cost: one read a row.
function ranking.keys(request)
  local list, found = {}, {}
  for row = request.from, request.from + request.count - 1 do
    list[#list + 1] = row
  end
  local known = keys_of(request.order, list)
  for at, row in ipairs(list) do
    found[at] = json.encode(known[row] and known[row][1])
  end
  return '{"keys":' .. json.array(found) .. '}'
end

--- Answers the bounds in force. Request: { order }. Reply: { generation, bounds: [text] }
function ranking.bounds(request)
  local generation = orders.generation(request.order)
  local bounds = redis.call('ZRANGE', keys.bounds(request.order, generation), 0, -1)
  return '{"generation":' .. cjson.encode(generation) .. ',"bounds":' .. json.list(bounds) .. '}'
end

--- Codes rows whose codes are missing or made from bounds no longer in force.
function ranking.recode(order, list)
  local generation = orders.generation(order)
  for row, known in pairs(keys_of(order, list)) do
    orders.write_code(order, generation, row, nil, orders.code(order, generation, known[1]))
  end
end

--- Takes bounds (a part of them) and, as binary arguments, whole slices.
--- Request: { order, generation, bounds: [text], slices: [number of each binary argument] }. Reply: {}
function ranking.load(request, arguments)
  for _, bound in ipairs(request.bounds) do
    redis.call('ZADD', keys.bounds(request.order, request.generation), 0, bound)
  end
  for at, number in ipairs(request.slices) do
    redis.call('SET', keys.slice(request.order, request.generation, number), arguments[at + 1])
  end
  return '{}'
end

--- Codes rows written since the beginning and puts the new generation in force.
--- Request: { order, generation, most: unranked rows one call may take, rows: for how many rows the bounds are good }
--- Reply: { state: done | more | forgotten }
function ranking.finish(request)
  local order, generation = request.order, request.generation
  if redis.call('HGET', keys.orders(), order .. ':building') ~= tostring(generation) then
    drop(order, generation)
    return '{"state":"forgotten"}'
  end
  local list = redis.call('SPOP', keys.unranked(order), request.most)
  for at = 1, #list do
    list[at] = tonumber(list[at])
  end
  for row, known in pairs(keys_of(order, list)) do
    orders.write_code(order, generation, row, nil, orders.code(order, generation, known[1]))
  end
  if redis.call('SCARD', keys.unranked(order)) > 0 then
    return '{"state":"more"}'
  end
  local old = orders.generation(order)
  redis.call('HSET', keys.orders(), order, generation)
  redis.call('HDEL', keys.orders(), order .. ':building')
  redis.call('HSET', keys.orders(), order .. ':rows', math.max(rows.count('meetings'), request.rows or 0))
  drop(order, old)
  return '{"state":"done"}'
end

--- Answers how many rows each order had when it was ranked. Request: {}. Reply: { rows, ranked: { order: rows } }
function ranking.state()
  local ranked = {}
  for order in pairs(orders.sliced) do
    ranked[order] = tonumber(redis.call('HGET', keys.orders(), order .. ':rows') or 0)
  end
  return cjson.encode({ rows = rows.count('meetings'), ranked = ranked })
end

return ranking
