--- Row numbers and ids. Each meeting has a row, each client a slot: dense numbers given out once and never again, which
--- are its bit position in every bitmap. Ids (UUID version 7) are made here, in one atomic place, strictly ascending:
--- so row order is id order, ties by id come for free, and the table of ids is searched by halving, without another index.
local clock = require('clock')
local keys = require('store.keys')

local rows = {}

local per_chunk = 8192
local width = 16

-- State of the running call; written back once by `rows.close`.
local state

--- @param random string at least 15 hexadecimal digits
function rows.open(random)
  state = { random = random }
end

local function load()
  if not state.ms then
    local stored = redis.call('HMGET', keys.office(), 'last_ms', 'last_count', 'meetings', 'clients')
    state.last_ms, state.last_count = tonumber(stored[1]) or 0, tonumber(stored[2]) or 0
    state.meetings, state.clients = tonumber(stored[3]) or 0, tonumber(stored[4]) or 0
    state.ms = math.max(clock.now(), state.last_ms)
  end
  return state
end

--- Writes the counters back when anything was given out.
function rows.close()
  if state.given then
    redis.call(
      'HSET', keys.office(),
      'last_ms', state.last_ms, 'last_count', state.last_count, 'meetings', state.meetings, 'clients', state.clients
    )
  end
end

--- The call is over, well or badly: what a failed one gave out is given out again.
function rows.forget()
  state = nil
end

--- @return string id, string instant it stands for, later than every one before
function rows.mint()
  load()
  if state.ms > state.last_ms then
    state.last_ms, state.last_count = state.ms, 0
  elseif state.last_count < 4095 then
    state.last_count = state.last_count + 1
  else
    -- More than 4,096 ids in a millisecond: borrow from the next one (RFC 9562, 6.2).
    state.last_ms, state.last_count = state.last_ms + 1, 0
  end
  state.given = true
  local high = math.floor(state.last_ms / 65536)
  local id = string.format(
    '%08x-%04x-7%03x-8%s-%s',
    high, state.last_ms % 65536, state.last_count, string.sub(state.random, 1, 3), string.sub(state.random, 4, 15)
  )
  return id, clock.iso(state.last_ms)
end

local function move_on(ms)
  if ms > state.last_ms then
    state.last_ms, state.last_count, state.given = ms, 0, true
  end
end

--- @return string the instant of the next id: what stamps of this call say; never before one ever answered
function rows.instant()
  load()
  move_on(state.ms)
  return clock.iso(state.ms)
end

--- @return string an instant later than every one ever answered
function rows.later_instant()
  load()
  move_on(math.max(state.ms, state.last_ms + 1))
  return clock.iso(state.last_ms)
end

local function packed(id)
  return (string.gsub(string.gsub(id, '-', ''), '..', function(digits)
    return string.char(tonumber(digits, 16))
  end))
end

--- @param noun string `meetings` or `clients`
--- @return number row, string id, string instant
function rows.take(noun)
  local id, instant = rows.mint()
  local row = state[noun]
  state[noun] = row + 1
  redis.call('SETRANGE', keys.ids(noun, math.floor(row / per_chunk)), (row % per_chunk) * width, packed(id))
  return row, id, instant
end

local function pack_many(ms, count, random)
  local last, ids = tonumber(string.sub(random, 1, 3), 16), {}
  local tail = string.char(128 + math.floor(last / 256), last % 256) .. packed(string.sub(random, 4, 15))
  for at = 0, count - 1 do
    local number = at % 4096
    if number == 0 then
      ids.head = packed(string.format('%012x', ms + at / 4096))
    end
    ids[at + 1] = ids.head .. string.char(112 + math.floor(number / 256), number % 256) .. tail
  end
  return table.concat(ids)
end

--- Gives out many rows at once. They begin and end with a byte of a bitmap, so that whoever fills them writes bytes
--- nobody else writes; rows skipped for that have an id and are never used.
--- Their ids are the milliseconds, 4,096 to each, and the same random digits: Node makes them by the same rule.
--- @return table { row: first of them, ms: of the first id, random: 15 hexadecimal digits }
function rows.reserve(noun, count)
  load()
  while state[noun] % 8 > 0 do
    rows.take(noun)
  end
  count = math.ceil(count / 8) * 8
  local first, ms, random = state[noun], math.max(state.ms, state.last_ms + 1), string.sub(state.random, 1, 15)
  local ids, from = pack_many(ms, count, random), 0
  while from < count do
    local row = first + from
    local some = math.min(count - from, per_chunk - row % per_chunk)
    local part = string.sub(ids, from * width + 1, (from + some) * width)
    redis.call('SETRANGE', keys.ids(noun, math.floor(row / per_chunk)), (row % per_chunk) * width, part)
    from = from + some
  end
  state.last_ms, state.last_count = ms + math.floor((count - 1) / 4096), (count - 1) % 4096
  state[noun], state.given = first + count, true
  return { row = first, ms = ms, random = random }
end

--- @return number how many rows were ever given out
function rows.count(noun)
  return load()[noun]
end

--- @return string id of a row that was given out; empty where the table of ids is damaged
function rows.id(noun, row)
  local at = (row % per_chunk) * width
  local bytes = redis.call('GETRANGE', keys.ids(noun, math.floor(row / per_chunk)), at, at + width - 1)
  return #bytes < width and '' or string.format(
    '%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x', string.byte(bytes, 1, width)
  )
end

-- Halves the table of ids. Answers the row of an id, or nil and the row it would come before.
local function search(noun, id)
  local wanted = packed(id)
  local low, high = 0, rows.count(noun) - 1
  while low <= high do
    local middle = math.floor((low + high) / 2)
    local at = (middle % per_chunk) * width
    local here = redis.call('GETRANGE', keys.ids(noun, math.floor(middle / per_chunk)), at, at + width - 1)
    if here == wanted then
      return middle
    elseif here < wanted then
      low = middle + 1
    else
      high = middle - 1
    end
  end
  return nil, low
end

local function is_id(id)
  return type(id) == 'string' and string.match(id, '^%x+%-%x+%-%x+%-%x+%-%x+$') ~= nil and #id == 36
end

--- @return number|nil row of an id, or nil when no such id was ever given out
function rows.find(noun, id)
  return is_id(id) and search(noun, id) or nil
end

--- @return number|nil where an id stands among the rows: its row, or half-way between two when it was never given out;
--- nil when the text is no id at all
function rows.place(noun, id)
  if not is_id(id) then
    return nil
  end
  local row, next_row = search(noun, id)
  return row or next_row - 0.5
end

return rows
