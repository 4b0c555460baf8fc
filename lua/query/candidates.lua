--- Candidates: rows fetched and decoded once per call, with their sort keys, for the last step of sorting.
local keys = require('store.keys')
local orders = require('store.orders')
local records = require('store.records')
local meeting_record = require('store.meeting_record')
local bits = require('store.bits')

local Candidates = {}
Candidates.__index = Candidates

local candidates = {}

--- @param sort table list of { by, direction }
--- @param levels table|nil bitmaps by how well rows match, best first, for the order by relevance
function candidates.new(sort, levels)
  return setmetatable({ sort = sort, levels = levels, texts = {}, keys = {}, folded = {} }, Candidates)
end

-- Folded names, each read once: `client` by slot, `user` by id.
function Candidates:name(noun, at)
  local known = self.folded[noun .. at]
  if not known then
    known = redis.call('HGET', keys.folded(noun), at) or ''
    self.folded[noun .. at] = known
  end
  return known
end

-- One key of each row, in the order of the rows. Creation is the row itself.
local key_readers = {
  created = function(_, rows)
    return rows
  end,
  -- How many levels a row is in: each holds those before it.
  relevance = function(self, rows)
    local found = {}
    for at = 1, #rows do
      found[at] = 0
    end
    for _, level in ipairs(self.levels) do
      for at, present in ipairs(bits.values(level, 'u1', rows)) do
        found[at] = found[at] + present
      end
    end
    return found
  end,
  client = function(self, rows)
    local slots = bits.values(keys.client_column(), 'u32', rows)
    for at = 1, #slots do
      slots[at] = self:name('client', slots[at])
    end
    return slots
  end,
}

local function from_text(read)
  return function(self, rows)
    local found = {}
    for at = 1, #rows do
      found[at] = read(self, self.texts[rows[at]])
    end
    return found
  end
end

local function part(name)
  return from_text(function(_, text)
    return meeting_record.part(text, name)
  end)
end

local function rank(name)
  return from_text(function(_, text)
    return meeting_record.rank(text, name)
  end)
end

key_readers.start, key_readers.createdAt, key_readers.changed = part('start'), part('createdAt'), part('changed')
key_readers.type, key_readers.status, key_readers.priority = rank('type'), rank('status'), rank('priority')
key_readers.owner = from_text(function(self, text)
  return self:name('user', meeting_record.part(text, 'owner'))
end)
key_readers.duration = from_text(function(_, text)
  return orders.duration_key(meeting_record.duration(text))
end)
key_readers.title = from_text(function(_, text)
  return meeting_record.title_key(text)
end)

--- Fetches rows that were not fetched before, and their keys; a row without a record stays unknown.
function Candidates:fetch(rows)
  local wanted = {}
  for at = 1, #rows do
    if not self.texts[rows[at]] then
      wanted[#wanted + 1] = rows[at]
    end
  end
  local found = {}
  for at, text in ipairs(records.meeting_texts(wanted)) do
    if text then
      local row = wanted[at]
      self.texts[row], self.keys[row] = text, {}
      found[#found + 1] = row
    end
  end
  for at, each in ipairs(self.sort) do
    local read = key_readers[each.by](self, found)
    for number = 1, #found do
      self.keys[found[number]][at] = read[number]
    end
  end
end

--- Whether the place (keys, row) stands before the other; ties by row, in the direction of the last key.
function Candidates:before(one_keys, one_row, other_keys, other_row)
  for at, each in ipairs(self.sort) do
    local one, other = one_keys[at], other_keys[at]
    if one ~= other then
      if each.direction == 'descending' then
        return one > other
      end
      return one < other
    end
  end
  if self.sort[#self.sort].direction == 'descending' then
    return one_row > other_row
  end
  return one_row < other_row
end

-- Lists by one field are by far the most, and comparing is most of sorting: theirs is written out.
local function by_one_key(key_of, descending)
  if descending then
    return function(one, other)
      local key, other_key = key_of[one], key_of[other]
      if key == other_key then
        return one > other
      end
      return key > other_key
    end
  end
  return function(one, other)
    local key, other_key = key_of[one], key_of[other]
    if key == other_key then
      return one < other
    end
    return key < other_key
  end
end

--- Sorts the rows in place.
function Candidates:arrange(rows)
  self:fetch(rows)
  local known, first = self.keys, {}
  if #self.sort > 1 then
    table.sort(rows, function(one, other)
      return self:before(known[one], one, known[other], other)
    end)
    return rows
  end
  for at = 1, #rows do
    first[rows[at]] = known[rows[at]][1]
  end
  table.sort(rows, by_one_key(first, self.sort[1].direction == 'descending'))
  return rows
end

return candidates
