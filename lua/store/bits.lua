--- Bitmaps: combining, counting, finding. Results go to temporary keys, which `run` removes however the call ends.
local budget = require('budget')
local keys = require('store.keys')

local bits = {}

local temporaries = 0
-- Bytes of temporaries, where combining told them; false where not.
local lengths = {}
-- BITOP is fast only with at most 16 sources.
local widest = 16
-- Arguments of one BITFIELD, and of other commands; unpack fails near 8,000.
local batch, most_arguments = 1500, 4000

--- @return string a key for one intermediate result
function bits.temporary()
  temporaries = temporaries + 1
  local key = keys.temporary(temporaries)
  lengths[key] = false
  return key
end

--- Removes every temporary of this call.
function bits.clear()
  for from = 1, temporaries, most_arguments do
    local names = {}
    for number = from, math.min(from + most_arguments - 1, temporaries) do
      names[#names + 1] = keys.temporary(number)
    end
    redis.call('DEL', unpack(names))
  end
  temporaries, lengths = 0, {}
end

-- BITOP moves some 15 KB a microsecond, BITCOUNT 2.5 KB.
local function combine(operation, into, sources)
  local length = redis.call('BITOP', operation, into, unpack(sources))
  if lengths[into] ~= nil then
    lengths[into] = length
  end
  budget.pay(1 + length * #sources / 30000)
  return into
end

--- @param ... string at most 16 keys
--- @return string a key holding their AND; the key itself when there is only one
function bits.intersect(...)
  local sources = { ... }
  if #sources == 1 then
    return sources[1]
  end
  return combine('AND', bits.temporary(), sources)
end

-- Combines any number of sources, one of them at least; the only one is answered itself.
local function combine_all(operation, sources)
  if #sources == 1 then
    return sources[1]
  end
  local into = bits.temporary()
  for from = 1, #sources, widest - 1 do
    local some = { from > 1 and into or nil }
    for at = from, math.min(from + widest - 2, #sources) do
      some[#some + 1] = sources[at]
    end
    combine(operation, into, some)
  end
  return into
end

--- @param sources table keys, one at least
--- @return string a key holding their AND; the key itself when there is only one
function bits.intersect_all(sources)
  return combine_all('AND', sources)
end

--- @param sources table keys, any number
--- @return string a key holding their OR (an empty temporary for none); the key itself when there is only one
function bits.union(sources)
  return #sources == 0 and bits.temporary() or combine_all('OR', sources)
end

--- @return string a key holding `all` AND NOT `some`
function bits.without(all, some)
  local both = combine('AND', bits.temporary(), { all, some })
  return combine('XOR', both, { all, both })
end

--- @return string a key holding `all` without `some`, all of which it has
function bits.rest(all, some)
  return combine('XOR', bits.temporary(), { all, some })
end

--- Changes `target` itself.
function bits.add_all(target, some)
  combine('OR', target, { target, some })
end

--- Changes `target` itself.
function bits.remove_all(target, some)
  local both = combine('AND', bits.temporary(), { target, some })
  combine('XOR', target, { target, both })
end

--- Takes the bits of `some` out of `target`, which is changed only if it has any of them.
--- @param scratch string a temporary that many such calls may share
--- @param first number first byte in which `some` has bits
--- @param last number last one
--- @return number how many it had
function bits.take_out(target, some, scratch, first, last)
  combine('AND', scratch, { target, some })
  budget.pay((last - first) / 2500)
  local count = redis.call('BITCOUNT', scratch, first, last)
  if count > 0 then
    combine('XOR', target, { target, scratch })
  end
  return count
end

local function length_of(key)
  return lengths[key] or redis.call('STRLEN', key)
end

function bits.count(key)
  budget.pay(1 + length_of(key) / 2500)
  return redis.call('BITCOUNT', key)
end

function bits.has(key, position)
  return redis.call('GETBIT', key, position) == 1
end

local function field_by_field(command, key, positions, step)
  local replies = {}
  for from = 1, #positions, batch do
    local arguments = {}
    for at = from, math.min(from + batch - 1, #positions) do
      step(arguments, positions[at])
    end
    budget.pay(#arguments / 6)
    local some = redis.call(command, key, unpack(arguments))
    for at = 1, #some do
      replies[#replies + 1] = some[at]
    end
  end
  return replies
end

--- @param type string BITFIELD type, `u1` for a bit, `u32` for a column
--- @param positions table numbers of entries
--- @return table values in the same order
function bits.values(key, type, positions)
  local hash = type == 'u1' and '' or '#'
  return field_by_field('BITFIELD_RO', key, positions, function(arguments, position)
    local at = #arguments
    arguments[at + 1], arguments[at + 2], arguments[at + 3] = 'GET', type, hash .. position
  end)
end

--- Sets or clears many bits.
function bits.write(key, positions, value)
  if lengths[key] then
    lengths[key] = false
  end
  field_by_field('BITFIELD', key, positions, function(arguments, position)
    local at = #arguments
    arguments[at + 1], arguments[at + 2], arguments[at + 3], arguments[at + 4] = 'SET', 'u1', position, value
  end)
end

--- @return number how many of the positions are set
function bits.count_of(key, positions)
  local count = 0
  local values = bits.values(key, 'u1', positions)
  for at = 1, #values do
    count = count + values[at]
  end
  return count
end

--- @param from number first position looked at
--- @param limit number most positions answered
--- @return table positions of set bits, ascending
function bits.positions(key, from, limit)
  local found = {}
  budget.pay(length_of(key) / 15000)
  while #found < limit do
    local position = redis.call('BITPOS', key, 1, from, -1, 'BIT')
    if position < 0 then
      break
    end
    found[#found + 1] = position
    from = position + 1
    budget.pay(0.6)
  end
  return found
end

--- Set bits number `skip` + 1 to `skip` + `want`, found by halving instead of walking.
function bits.slice(key, skip, want)
  local from, to = 0, length_of(key)
  budget.pay(to / 2500)
  while to - from > 64 do
    local middle = math.floor((from + to) / 2)
    local count = redis.call('BITCOUNT', key, from, middle - 1)
    if skip < count then
      to = middle
    else
      skip, from = skip - count, middle
    end
  end
  local found = bits.positions(key, from * 8, skip + want)
  local slice = {}
  for at = skip + 1, #found do
    slice[#slice + 1] = found[at]
  end
  return slice
end

return bits
