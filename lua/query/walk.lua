--- The walk through a sorted selection: finds the page at any offset, and the offset of any place, without visiting the
--- rows before it. A group of rows is split into children in the order of the sort (by one bit of a sliced code, or by
--- the values of a short field); whole children are skipped by their count; a small group is fetched and sorted.
local bits = require('store.bits')
local budget = require('budget')
local candidates = require('query.candidates')
local groups = require('query.groups')
local keys = require('store.keys')
local orders = require('store.orders')

local walk = {}

-- A group of this many rows is cheaper to fetch and sort than to split further.
local few = 40

local Walk = {}
Walk.__index = Walk

--- @param sort table list of { by, direction }
--- @param levels table|nil bitmaps by how well rows match, best first, for the order by relevance; see query/text.lua
function walk.new(sort, levels)
  return setmetatable({ sort = sort, levels = levels, candidates = candidates.new(sort, levels), spans = {} }, Walk)
end

local function descending(self, depth)
  return self.sort[math.min(depth, #self.sort)].direction == 'descending'
end

-- Groups of an order of few values, made once; see query/groups.lua.
local function listed_groups(self, by)
  self.spans[by] = self.spans[by] or groups.of(by, self.levels)
  return self.spans[by]
end

local function layout(self, by)
  self.spans[by] = self.spans[by] or orders.layout(by)
  return self.spans[by]
end

local function kind(self, depth)
  local order = self.sort[depth]
  if not order or order.by == 'created' then
    return 'row'
  end
  return orders.sliced[order.by] and 'sliced' or 'listed'
end

-- Rows of a group, which may wait to be told until somebody looks at them: whole groups are skipped by their count.
local function rows_of(group)
  if not group.rows then
    group.rows = bits.rest(group.whole, group.other)
  end
  return group.rows
end

-- Splits a group by one bit of its code. Answers zeros and ones with their counts.
local function split_bit(self, group)
  local spread, rows = layout(self, self.sort[group.depth].by), rows_of(group)
  local number = spread.bits - 1 - group.level
  local ones = bits.intersect(rows, keys.slice(self.sort[group.depth].by, spread.generation, number))
  local count = bits.count(ones)
  local function child(value, amount)
    return { count = amount, depth = group.depth, level = group.level + 1, code = group.code * 2 + value }
  end
  local zero, one = child(0, group.count - count), child(1, count)
  one.rows, zero.whole, zero.other = ones, rows, ones
  if count == 0 then
    zero.rows = rows
  end
  return zero, one
end

local function next_order(group)
  return { rows = rows_of(group), count = group.count, depth = group.depth + 1, level = 0, code = 0 }
end

local function each_listed(self, group, visit)
  local list = listed_groups(self, self.sort[group.depth].by)
  local from, to, step = 1, #list, 1
  if descending(self, group.depth) then
    from, to, step = #list, 1, -1
  end
  local within = rows_of(group)
  for at = from, to, step do
    local rows = bits.intersect(within, list[at].rows(within))
    local child = { rows = rows, count = bits.count(rows), depth = group.depth + 1, level = 0, code = 0 }
    if visit(child, list[at].key) then
      return
    end
  end
end

-- At the last bit: whether all keys are the same, so that the next order decides.
local function is_single(self, group)
  local by = self.sort[group.depth].by
  local _, is_only = orders.bound(by, layout(self, by).generation, group.code)
  return is_only
end

-- Every row of a group, sorted.
local function sorted(self, group)
  budget.pay(group.count * 2)
  return self.candidates:arrange(bits.positions(rows_of(group), 0, group.count))
end

-- Takes what the page still wants from rows that are in order.
local function take(self, rows)
  for at = self.skip + 1, math.min(#rows, self.skip + self.want) do
    self.taken[#self.taken + 1] = rows[at]
  end
  local taken = math.max(0, math.min(#rows - self.skip, self.want))
  self.skip, self.want = math.max(0, self.skip - #rows), self.want - taken
end

-- Rows in the order of their numbers, which is the order of their ids.
local function take_by_row(self, group)
  local want = math.min(self.want, group.count - self.skip)
  local from = descending(self, group.depth) and group.count - self.skip - want or self.skip
  local rows = bits.slice(rows_of(group), from, want)
  for at = 1, #rows do
    self.taken[#self.taken + 1] = descending(self, group.depth) and rows[#rows + 1 - at] or rows[at]
  end
  self.skip, self.want = 0, self.want - #rows
end

local function collect(self, group)
  if self.want == 0 or group.count == 0 then
    return
  elseif self.skip >= group.count then
    self.skip = self.skip - group.count
    return
  end
  local how = kind(self, group.depth)
  if how == 'row' then
    take_by_row(self, group)
  elseif group.count <= few then
    take(self, sorted(self, group))
  elseif how == 'listed' then
    each_listed(self, group, function(child)
      collect(self, child)
      return self.want == 0
    end)
  elseif group.level < layout(self, self.sort[group.depth].by).bits then
    local zeros, ones = split_bit(self, group)
    local down = descending(self, group.depth)
    collect(self, down and ones or zeros)
    collect(self, down and zeros or ones)
  elseif is_single(self, group) then
    collect(self, next_order(group))
  else
    take(self, sorted(self, group))
  end
end

local function whole(rows, count)
  return { rows = rows, count = count, depth = 1, level = 0, code = 0 }
end

--- @param rows string bitmap
--- @param count number of rows in it
--- @return table rows of the page, in order
function Walk:page(rows, count, offset, limit)
  self.skip, self.want, self.taken = offset, limit, {}
  collect(self, whole(rows, count))
  return self.taken
end

local rank

local function rank_listed(self, group, place)
  local key, ranked = place.keys[group.depth], 0
  local down = descending(self, group.depth)
  each_listed(self, group, function(child, child_key)
    if child_key == key then
      ranked = ranked + rank(self, child, place)
      return true
    elseif (down and child_key < key) or (not down and child_key > key) then
      return true
    end
    ranked = ranked + child.count
  end)
  return ranked
end

local function rank_sliced(self, group, place)
  local by = self.sort[group.depth].by
  local spread = layout(self, by)
  local zeros, ones = split_bit(self, group)
  local code = orders.code(by, spread.generation, place.keys[group.depth])
  local first, second = zeros, ones
  if descending(self, group.depth) then
    first, second = ones, zeros
  end
  local home = orders.bit(code, spread.bits - 1 - group.level) == 1 and ones or zeros
  if home == first then
    return rank(self, first, place)
  end
  return first.count + rank(self, second, place)
end

local function rank_sorted(self, group, place)
  local ranked = 0
  for _, row in ipairs(sorted(self, group)) do
    if self.candidates:before(place.keys, place.row, self.candidates:keys_of(row), row) then
      break
    end
    ranked = ranked + 1
  end
  return ranked
end

-- How many rows have a number up to this one, which may lie between two.
local function count_to(group, row)
  return row < 0 and 0 or redis.call('BITCOUNT', rows_of(group), 0, math.floor(row), 'BIT')
end

-- Rows whose number is not after the place's, in the direction of the last key.
local function rank_by_row(self, group, place)
  budget.pay(50)
  if descending(self, group.depth) then
    return group.count - count_to(group, math.ceil(place.row) - 1)
  end
  return count_to(group, place.row)
end

rank = function(self, group, place)
  if group.count == 0 then
    return 0
  end
  local how = kind(self, group.depth)
  if how == 'row' then
    return rank_by_row(self, group, place)
  elseif group.count <= few then
    return rank_sorted(self, group, place)
  elseif how == 'listed' then
    return rank_listed(self, group, place)
  elseif group.level < layout(self, self.sort[group.depth].by).bits then
    return rank_sliced(self, group, place)
  elseif is_single(self, group) then
    return rank(self, next_order(group), place)
  end
  return rank_sorted(self, group, place)
end

--- @param place table { keys, row }: where a row stood when it was last seen, whether or not it still exists
--- @return number how many rows of the bitmap are not after the place
function Walk:rank(rows, count, place)
  return rank(self, whole(rows, count), place)
end

return walk
