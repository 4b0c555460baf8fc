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
  local by_key = {}
  for at = 1, #sort do
    by_key[at] = {}
  end
  return setmetatable({ sort = sort, levels = levels, texts = {}, keys = by_key, folded = { client = {}, user = {} } }, Candidates)
end

-- Folded names, each read once: `client` by slot, `user` by id.
function Candidates:name(noun, at)
  local known = self.folded[noun]
  if not known[at] then
    known[at] = redis.call('HGET', keys.folded(noun), at) or ''
  end
  return known[at]
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
key_readers.client = from_text(function(self, text)
  return self:name('client', meeting_record.slot(text))
end)
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
      self.texts[row] = text
      found[#found + 1] = row
    end
  end
  for at, each in ipairs(self.sort) do
    local read, known = key_readers[each.by](self, found), self.keys[at]
    for number = 1, #found do
      known[found[number]] = read[number]
    end
  end
end

--- @return table keys of a row that was fetched, in the order of the sort
function Candidates:keys_of(row)
  local list = {}
  for at = 1, #self.sort do
    list[at] = self.keys[at][row]
  end
  return list
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

-- Sorted keys, each with its rows: comparing plain values is most of sorting, and far quicker than asking a function.
local function arrange_by_one(key_of, rows, descending)
  local groups, list, sorted = {}, {}, {}
  for at = 1, #rows do
    local key = key_of[rows[at]]
    local group = groups[key]
    if group then
      group[#group + 1] = rows[at]
    else
      groups[key], list[#list + 1] = { rows[at] }, key
    end
  end
  table.sort(list)
  for at = 1, #list do
    local group = groups[list[at]]
    for place = 1, #group do
      sorted[#sorted + 1] = group[place]
    end
  end
  if descending then
    for at = 1, #sorted / 2 do
      sorted[at], sorted[#sorted + 1 - at] = sorted[#sorted + 1 - at], sorted[at]
    end
  end
  return sorted
end

local function arrange_by_many(self, rows)
  local list, keys_of = {}, {}
  for at = 1, #rows do
    list[at], keys_of[rows[at]] = rows[at], self:keys_of(rows[at])
  end
  table.sort(list, function(one, other)
    return self:before(keys_of[one], one, keys_of[other], other)
  end)
  return list
end

--- @param rows table ascending
--- @return table the same in the order of the sort
function Candidates:arrange(rows)
  self:fetch(rows)
  if #self.sort == 1 then
    return arrange_by_one(self.keys[1], rows, self.sort[1].direction == 'descending')
  end
  return arrange_by_many(self, rows)
end

return candidates
