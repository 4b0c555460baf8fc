--- Ranking: gives sort orders new bounds that balance their codes. Node reads the records, chooses the bounds from a
--- sample of them and codes all rows; rows written meanwhile are coded at the end, in the same call that puts the new
--- generation in force. A ranking cut off at any point leaves the old generation in force, and one that another begins
--- during is given up.
local candidates = require('query.candidates')
local json = require('json')
local keys = require('store.keys')
local orders = require('store.orders')
local records = require('store.records')
local rows = require('store.rows')

local ranking = {}

-- Keys of rows in an order, by row; none for rows without a record.
local function keys_of(order, list)
  local found = candidates.new({ { by = order, direction = 'ascending' } })
  found:fetch(list)
  return found.keys[1]
end

local function drop(order, generation)
  for number = 0, orders.slices - 1 do
    redis.call('UNLINK', keys.slice(order, generation, number))
  end
  redis.call('DEL', keys.bounds(order, generation))
end

local function building(order)
  return redis.call('HGET', keys.orders(), order .. ':building')
end

--- Begins a ranking of some orders. Each ranking has generations of its own: of two at once, the one begun later counts.
--- Request: { orders }. Reply: { generations: [of each order], rows: how many rows there are now }
function ranking.begin(request)
  local generations = {}
  for at, order in ipairs(request.orders) do
    local given = tonumber(redis.call('HGET', keys.orders(), order .. ':given') or 0)
    local generation = math.max(given, tonumber(orders.generation(order))) + 1
    local other = building(order)
    if other then
      drop(order, other)
    end
    redis.call('DEL', keys.unranked(order))
    redis.call('HSET', keys.orders(), order .. ':building', generation, order .. ':given', generation)
    generations[at] = generation
  end
  return cjson.encode({ generations = generations, rows = rows.count('meetings') })
end

--- Answers what clients are sorted by, deleted ones too. Request: { from: slot, count }
--- Reply: { clients: [{ slot, nameKey }] of those there are, more: whether there are slots behind them }
--- Cost: one read a client.
function ranking.clients(request)
  local found, to = {}, math.min(request.from + request.count, rows.count('clients'))
  for slot = request.from, to - 1 do
    local client = records.client(slot)
    if client then
      found[#found + 1] = cjson.encode({ slot = slot, nameKey = client.nameKey })
    end
  end
  return '{"clients":' .. json.array(found) .. ',"more":' .. tostring(to < rows.count('clients')) .. '}'
end

--- Answers the bounds in force. Request: { order }. Reply: { generation, bounds: [text] }
function ranking.bounds(request)
  local generation = orders.generation(request.order)
  local bounds = redis.call('ZRANGE', keys.bounds(request.order, generation), 0, -1)
  return '{"generation":' .. cjson.encode(generation) .. ',"bounds":' .. json.list(bounds) .. '}'
end

local function code_one_by_one(order, generation, list)
  for row, key in pairs(keys_of(order, list)) do
    orders.write_code(order, generation, row, nil, orders.code(order, generation, key))
  end
end

--- Codes rows whose codes are missing or made from bounds no longer in force.
function ranking.recode(order, list)
  code_one_by_one(order, orders.generation(order), list)
end

--- Takes some of the bounds of an order. Request: { order, generation, bounds: [text] }. Reply: {}
function ranking.load(request)
  if building(request.order) == tostring(request.generation) then
    for _, bound in ipairs(request.bounds) do
      redis.call('ZADD', keys.bounds(request.order, request.generation), 0, bound)
    end
  end
  return '{}'
end

--- Takes the codes of rows that follow one another, as bytes of each order's slices. Orders whose ranking was overtaken
--- are left alone. Request: { orders, generations, row: of the first, a multiple of 8 }, and the bytes of each order.
--- Reply: {}. Cost: 12 writes an order.
function ranking.fill(request, arguments)
  for number, order in ipairs(request.orders) do
    if building(order) == tostring(request.generations[number]) then
      orders.write_slices(order, request.generations[number], request.row, arguments[number + 1])
    end
  end
  return '{}'
end

--- Codes rows written since the beginning and puts the new generation in force.
--- Request: { order, generation, most: unranked rows one call may take, rows: for how many rows the bounds are good }
--- Reply: { state: done | more | forgotten (keys changed all at once: to be begun again) | overtaken (by another ranking) }
function ranking.finish(request)
  local order, generation = request.order, request.generation
  local current = building(order)
  if current ~= tostring(generation) then
    drop(order, generation)
    return current and '{"state":"overtaken"}' or '{"state":"forgotten"}'
  end
  local list = redis.call('SPOP', keys.unranked(order), request.most)
  for at = 1, #list do
    list[at] = tonumber(list[at])
  end
  code_one_by_one(order, generation, list)
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
