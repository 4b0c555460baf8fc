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
function candidates.new(sort)
  return setmetatable({ sort = sort, texts = {}, keys = {}, folded = {} }, Candidates)
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

function Candidates:sort_key(by, meeting, slot)
  if values[by] then
    return rank(by, meeting[by])
  elseif by == 'owner' then
    return self:name('user', meeting.ownerId)
  elseif by == 'client' then
    return self:name('client', slot)
  end
  return orders.key(by, meeting)
end

--- Fetches rows that were not fetched before.
function Candidates:fetch(rows)
  local wanted = {}
  for _, row in ipairs(rows) do
    if not self.texts[row] then
      wanted[#wanted + 1] = row
    end
  end
  local texts = records.meeting_texts(wanted)
  for at, row in ipairs(wanted) do
    self.texts[row] = texts[at]
  end
end

--- @return table the row's key in each order of the sort (creation is the row itself, so it needs none)
function Candidates:keys_of(row)
  local known = self.keys[row]
  if known then
    return known
  end
  self:fetch({ row })
  local meeting, slot = nil, nil
  known = {}
  for at, each in ipairs(self.sort) do
    if each.by ~= 'created' then
      meeting = meeting or records.decode(self.texts[row])
      if each.by == 'client' then
        slot = slot or bits.values(keys.client_column(), 'u32', { row })[1]
      end
      known[at] = self:sort_key(each.by, meeting, slot)
    else
      known[at] = row
    end
  end
  self.keys[row] = known
  return known
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
  table.sort(rows, function(one, other)
    return self:before(self:keys_of(one), one, self:keys_of(other), other)
  end)
  return rows
end

return candidates
