--- What the store counts: numbers given out, the clock of ids, the table of ids; and bits beyond all of them.
local bits = require('store.bits')
local budget = require('budget')
local claims = require('check.claims')
local keys = require('store.keys')
local pending = require('check.pending')
local records = require('store.records')

local counters = {}

local per_chunk, width = 8192, 16
local nouns = { 'meetings', 'clients' }

local function chunk_of(noun, row)
  return keys.ids(noun, math.floor(row / per_chunk))
end

local function id_at(noun, row)
  local at = (row % per_chunk) * width
  return redis.call('GETRANGE', chunk_of(noun, row), at, at + width - 1)
end

-- How far behind the table of ids a record may be believed to stand.
local farthest = 4 * per_chunk

-- How many numbers the table of ids knows, or more when there are records behind it.
local function given_out(noun, at_least)
  local chunk = math.floor(at_least / per_chunk)
  while redis.call('EXISTS', keys.ids(noun, chunk + 1)) == 1 do
    chunk = chunk + 1
  end
  local length = redis.call('STRLEN', keys.ids(noun, chunk))
  return math.max(at_least, length > 0 and chunk * per_chunk + math.ceil(length / width) or 0)
end

-- The number behind the last record, without records that stand where nothing was ever given out.
local function behind_last(noun, wanted, counter, found)
  local known = math.max(given_out(noun, 0), math.min(wanted, counter))
  if wanted > known + farthest then
    found:add('records', 'unreadable', noun .. ' ' .. wanted - 1)
    return known
  end
  return wanted
end

local function set_counter(name, value)
  return function()
    redis.call('HSET', keys.office(), name, value)
  end
end

local function counter(name)
  return tonumber(redis.call('HGET', keys.office(), name) or 0)
end

-- Milliseconds and count of a packed id (RFC 9562: 48 bits, and 12 behind the version).
local function time_of(id)
  local high, low, count = struct.unpack('>I4I2I2', id)
  return high * 65536 + low, count % 4096
end

-- The clock of ids must not be before the last id, or the next ones would not ascend.
local function compare_clock(given, found)
  local ms, count = counter('last_ms'), counter('last_count')
  for _, noun in ipairs(nouns) do
    local last = given[noun] > 0 and id_at(noun, given[noun] - 1) or ''
    if #last == width then
      local id_ms, id_count = time_of(last)
      if id_ms > ms or id_ms == ms and id_count > count then
        found:add('counters', 'wrong', 'last_ms', function()
          redis.call('HSET', keys.office(), 'last_ms', math.max(id_ms, counter('last_ms')), 'last_count', 4095)
        end)
      end
    end
  end
end

local function compare_entries(found)
  if redis.call('EXISTS', keys.journal()) == 0 then
    return
  end
  local facts = redis.call('XINFO', 'STREAM', keys.journal())
  for at = 1, #facts, 2 do
    if facts[at] == 'last-generated-id' then
      local last = tonumber(string.match(facts[at + 1], '^%d+'))
      found:compare('counters', last, counter('entries'), 'entries', set_counter('entries', last))
    end
  end
end

-- Bits of rows or slots that were never given out.
local function compare_tail(index, key, first, found)
  budget.pay(redis.call('STRLEN', key) / 2500)
  local beyond = bits.positions(key, first, 100)
  for _, row in ipairs(beyond) do
    found:add(index, 'surplus', row, function()
      redis.call('SETBIT', key, row, 0)
    end)
  end
end

local function compare_tails(given, request, found)
  compare_tail('live', keys.live(), given.meetings, found)
  compare_tail('touched', keys.touched(), given.meetings, found)
  compare_tail('live_clients', keys.live_clients(), given.clients, found)
  for _, id in ipairs(claims.users(request)) do
    compare_tail('visible', keys.visible(id), given.meetings, found)
    compare_tail('visible_clients', keys.visible_clients(id), given.clients, found)
  end
end

-- Rows that wait with an import: those of all imports that are not in.
local function compare_staged(found)
  local expected = pending.rows()
  local both = bits.intersect(keys.staged(), expected)
  local different = bits.union({ bits.without(keys.staged(), both), bits.without(expected, both) })
  for _, row in ipairs(bits.positions(different, 0, 100)) do
    local is_expected = bits.has(expected, row)
    found:add('staged', is_expected and 'missing' or 'surplus', row, function()
      redis.call('SETBIT', keys.staged(), row, is_expected and 1 or 0)
    end)
  end
end

--- Looks at what the office counts. Request: { meetings, clients: number behind the last record of each, users }
--- @return string meetings, clients: how many numbers were given out; words: entries of the lexicon
function counters.look(request, found)
  local given = {}
  for _, noun in ipairs(nouns) do
    given[noun] = given_out(noun, behind_last(noun, request[noun], counter(noun), found))
    found:compare('counters', given[noun], counter(noun), noun, set_counter(noun, given[noun]))
  end
  compare_clock(given, found)
  compare_entries(found)
  compare_staged(found)
  compare_tails(given, request, found)
  local words = redis.call('ZCARD', keys.lexicon('meetings'))
  return '"meetings":' .. given.meetings .. ',"clients":' .. given.clients .. ',"words":' .. words
end

local function packed(id)
  return (string.gsub(string.gsub(id, '-', ''), '%x%x', function(digits)
    return string.char(tonumber(digits, 16))
  end))
end

local function write_id(noun, row, id)
  return function()
    redis.call('SETRANGE', chunk_of(noun, row), (row % per_chunk) * width, id)
  end
end

-- The id right behind another one.
local function next_id(id)
  local bytes = { string.byte(id, 1, width) }
  for at = width, 1, -1 do
    bytes[at] = (bytes[at] + 1) % 256
    if bytes[at] > 0 then
      break
    end
  end
  return string.char(unpack(bytes))
end

--- Looks whether ids stand where their records say, and ascend. Of numbers without a record only the order is known.
--- Request: { noun, from, records: [id or '' for none, of each number from there on], before: id of the last record before }
function counters.ids(request, found)
  local noun, last = request.noun, request.before ~= '' and packed(request.before) or string.rep('\0', width)
  local numbers = {}
  for at in ipairs(request.records) do
    numbers[at] = request.from + at - 1
  end
  local texts = noun == 'meetings' and records.meeting_texts(numbers) or claims.client_texts(numbers)
  for at, wanted in ipairs(request.records) do
    local row, id = numbers[at], wanted ~= '' and packed(wanted) or nil
    local stored = id_at(noun, row)
    budget.pay(1)
    -- A record that went away meanwhile, or came, proves nothing.
    local is_known = (texts[at] and true or false) == (id ~= nil)
    if is_known and id and stored ~= id then
      found:add('ids', 'wrong', noun .. ' ' .. row, write_id(noun, row, id))
    elseif is_known and not id and (#stored < width or stored <= last) then
      id = next_id(last)
      found:add('ids', 'wrong', noun .. ' ' .. row, write_id(noun, row, id))
    end
    last = id or #stored == width and stored or last
  end
end

return counters
