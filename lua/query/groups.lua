--- Groups: the rows of an order of few values (type, status, priority, owner, relevance), value by value.
local bits = require('store.bits')
local keys = require('store.keys')
local postings = require('store.postings')
local values = require('store.values')

local groups = {}

-- Owners with the same folded name are one group, as ties are.
local function owner_groups()
  local folded = redis.call('HGETALL', keys.folded('user'))
  local list, by_key = {}, {}
  for at = 1, #folded, 2 do
    local id, key = folded[at], folded[at + 1]
    if redis.call('ZSCORE', keys.totals('owner'), id) then
      if not by_key[key] then
        by_key[key] = { key = key, values = {} }
        list[#list + 1] = by_key[key]
      end
      table.insert(by_key[key].values, id)
    end
  end
  table.sort(list, function(one, other)
    return one.key < other.key
  end)
  for _, group in ipairs(list) do
    group.rows = function()
      return postings.union('owner', group.values)
    end
  end
  return list
end

-- Each level without what is in a better one.
local function level_groups(levels)
  local list = {}
  for at = #levels, 0, -1 do
    list[#list + 1] = {
      key = #levels - at,
      rows = function(within)
        local some = levels[at + 1] and bits.intersect(within, levels[at + 1]) or within
        return levels[at] and bits.without(some, levels[at]) or some
      end,
    }
  end
  return list
end

local function value_groups(by)
  local list = {}
  for at, value in ipairs(values[by]) do
    list[at] = {
      key = at,
      rows = function()
        return postings.union(by, { value })
      end,
    }
  end
  return list
end

--- @param by string type, status, priority, owner or relevance
--- @param levels table|nil bitmaps by how well rows match, best first; for relevance
--- @return table list of { key, rows = function(within) -> bitmap }, ascending
function groups.of(by, levels)
  if by == 'owner' then
    return owner_groups()
  end
  return by == 'relevance' and level_groups(levels) or value_groups(by)
end

return groups
