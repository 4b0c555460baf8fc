--- Candidates: rows fetched and decoded once per call, with their sort keys, for the last step of sorting.
local keys = require('store.keys')
local orders = require('store.orders')
local records = require('store.records')
local values = require('store.values')
local bits = require('store.bits')

local Candidates = {}
Candidates.__index = Candidates

local candidates = {}

local rank_of = {}

local function rank(field, value)
  if not rank_of[field] then
    rank_of[field] = {}
    for at, each in ipairs(values[field]) do
      rank_of[field][each] = at
    end
  end
  return rank_of[field][value]
end

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

key_readers.start = from_text(function(_, text)
  return records.part(text, 'start')
end)
key_readers.createdAt = from_text(function(_, text)
  return records.created(text)
end)
key_readers.changed = from_text(function(_, text)
  return records.part(text, 'changed')
end)
key_readers.owner = from_text(function(self, text)
  return self:name('user', records.part(text, 'owner'))
end)
key_readers.type = from_text(function(_, text)
  return rank('type', (records.short_parts(text)))
end)
key_readers.status = from_text(function(_, text)
  local _, status = records.short_parts(text)
  return rank('status', status)
end)
key_readers.priority = from_text(function(_, text)
  local _, _, priority = records.short_parts(text)
  return rank('priority', priority)
end)
key_readers.duration = from_text(function(_, text)
  local _, _, _, duration = records.short_parts(text)
  return orders.duration_key(tonumber(duration))
end)
key_readers.title = from_text(function(_, text)
  local _, _, _, _, title_key = records.short_parts(text)
  return title_key
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

--- Sorts the rows in place.
function Candidates:arrange(rows)
  self:fetch(rows)
  local known = self.keys
  table.sort(rows, function(one, other)
    return self:before(known[one], one, known[other], other)
  end)
  return rows
end

return candidates
