--- Facet counts: how many rows of a selection have each value of a field.
local bits = require('store.bits')
local budget = require('budget')
local client_values = require('store.client_values')
local keys = require('store.keys')
local meeting_record = require('store.meeting_record')
local postings = require('store.postings')
local records = require('store.records')
local values = require('store.values')

local facets = {}

-- Up to this many rows it is cheaper to look at each row than at each value of a short field.
local few_rows = 128
-- What looking at a row costs, and at a value, in units of the budget.
local row_cost = { client = 1.2, clientCity = 5, clientOwner = 5, owner = 2.5, tag = 5 }
local value_cost = 10

local label_noun = { owner = 'user', client = 'client', clientOwner = 'user' }
-- What folded labels go by where that is not the labels' noun.
local folded_noun = { clientCity = 'city' }

--- @return table labels of values: displayed names, or the tags themselves
local function labels_of(field, list)
  local noun = label_noun[field]
  if not noun or #list == 0 then
    return list
  end
  local labels = {}
  for from = 1, #list, 1000 do
    local some = redis.call('HMGET', keys.labels(noun), unpack(list, from, math.min(from + 999, #list)))
    for at = 1, #some do
      labels[#labels + 1] = some[at] or ''
    end
  end
  return labels
end

local function before(one, other)
  if one.count ~= other.count then
    return one.count > other.count
  elseif one.label ~= other.label then
    return one.label < other.label
  end
  -- Clients are slots here, whose order as numbers is the order of their ids.
  if #one.value ~= #other.value then
    return #one.value < #other.value
  end
  return one.value < other.value
end

-- Counts by value from the rows themselves.
local function tally(field, rows)
  local counts = {}
  local function count(value)
    counts[value] = (counts[value] or 0) + 1
  end
  if field == 'client' then
    for _, slot in ipairs(bits.values(keys.client_column(), 'u32', rows)) do
      count(slot)
    end
    return counts
  elseif client_values.place[field] then
    for _, each in ipairs(client_values.of(bits.values(keys.client_column(), 'u32', rows))) do
      local value = each[client_values.place[field]]
      if value ~= '' then
        count(value)
      end
    end
    return counts
  end
  for _, text in ipairs(records.meeting_texts(rows)) do
    if field == 'owner' then
      count(meeting_record.part(text, 'owner'))
    elseif field == 'tag' then
      for _, tag in ipairs(meeting_record.tags(text)) do
        count(tag)
      end
    else
      count(values[field][meeting_record.rank(text, field)])
    end
  end
  return counts
end

-- Every value of a short field; the last by subtraction, because each meeting has exactly one.
local function count_short(field, rows, total)
  local found, rest = {}, total
  local tallied = total <= few_rows and tally(field, bits.positions(rows, 0, total))
  for at, value in ipairs(values[field]) do
    local count
    if tallied then
      count = tallied[value] or 0
    elseif at == #values[field] then
      count = rest
    else
      count = postings.count(field, value, rows)
    end
    rest = rest - count
    found[at] = { value = value, label = value, count = count }
  end
  return found
end

-- Values by their number of rows in the whole office, most frequent first, page by page: an upper bound for every count.
local function each_by_total(field, visit)
  local from, size = 0, 100
  while true do
    local page = redis.call('ZREVRANGE', keys.totals(field), from, from + size - 1, 'WITHSCORES')
    budget.pay(#page / 4)
    for at = 1, #page, 2 do
      if visit(page[at], tonumber(page[at + 1])) then
        return
      end
    end
    if #page < size * 2 then
      return
    end
    from = from + size
  end
end

-- Keeps the best `limit` of { value, count } pairs; labels decide ties, so every tie with the last place is kept till the end.
local function best(field, found, limit)
  local names = {}
  for at, each in ipairs(found) do
    names[at] = each.value
  end
  for at, label in ipairs(labels_of(field, names)) do
    found[at].label = label
  end
  table.sort(found, before)
  for at = #found, limit + 1, -1 do
    found[at] = nil
  end
  return found
end

local function from_tally(counts, accepts)
  local found = {}
  for value, count in pairs(counts) do
    value = tostring(value)
    if not accepts or accepts(value) then
      found[#found + 1] = { value = value, count = count }
    end
  end
  return found
end

-- Counts value by value until no value left can reach the best ones.
-- @param most units of the budget; where they do not suffice nil is answered
local function from_totals(field, rows, limit, accepts, most)
  local found, counts, last = {}, {}, budget.spent() + most
  each_by_total(field, function(value, total)
    if #counts >= limit and total < counts[limit] then
      return true
    elseif budget.spent() > last then
      found = nil
      return true
    end
    if not accepts or accepts(value) then
      local count = postings.count(field, value, rows)
      if count > 0 then
        found[#found + 1] = { value = value, count = count }
        local at = #counts + 1
        while at > 1 and counts[at - 1] < count do
          at = at - 1
        end
        table.insert(counts, at, count)
        counts[limit + 1] = nil
      end
    end
  end)
  return found
end

local function count_wide(field, rows, total, limit, accepts)
  if total == 0 then
    return {}
  end
  -- Whether the best values are soon found depends on how the rows are spread: when it has cost as much as looking at
  -- each row would, each row is looked at.
  local by_rows = total * row_cost[field]
  local found = by_rows > limit * value_cost and from_totals(field, rows, limit, accepts, by_rows)
  return best(field, found or from_tally(tally(field, bits.positions(rows, 0, total)), accepts), limit)
end

--- @param field string a facet
--- @param selection table see query/selection.lua
--- @param limit number most values of a wide facet
--- @param words table|nil folded words that a wide value's label must have as parts
--- @return table list of { value, label, count }; clients still by slot
function facets.count(field, selection, limit, words)
  local rows, total = selection:rows(field)
  if values[field] then
    return count_short(field, rows, total)
  end
  local noun = label_noun[field] or folded_noun[field] or field
  local accepts = words and #words > 0 and function(value)
    local folded = redis.call('HGET', keys.folded(noun), value) or ''
    budget.pay(0.5)
    for _, word in ipairs(words) do
      if not string.find(folded, word, 1, true) then
        return false
      end
    end
    return true
  end
  return count_wide(field, rows, total, limit, accepts)
end

return facets
