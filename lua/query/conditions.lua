--- Conditions and groups of a filter tree, each answered as a bitmap.
local bits = require('store.bits')
local failure = require('failure')
local keys = require('store.keys')
local postings = require('store.postings')
local ranges = require('query.ranges')
local text = require('query.text')
local visibility = require('store.visibility')

local conditions = {}

-- Values as the indexes know them. An id the user may not see and one that never was fail alike.
local function indexed_values(user, condition)
  local values = {}
  for at, value in ipairs(condition.values) do
    if condition.field == 'client' then
      value = failure.need(visibility.slot(user, value), 'NOT_FOUND', 'client')
    elseif condition.field == 'owner' or condition.field == 'clientOwner' then
      failure.need(redis.call('SISMEMBER', keys.users(), value) == 1, 'NOT_FOUND', 'owner')
    end
    values[at] = value
  end
  return values
end

local function all_of(field, values)
  local each = {}
  for at, value in ipairs(values) do
    each[at] = postings.union(field, { value })
  end
  return bits.intersect_all(each)
end

local function condition_rows(user, visible, condition)
  if condition.op == 'between' then
    return ranges.rows(condition.field, visible, condition.values)
  elseif condition.op == 'matches' then
    return #condition.values == 0 and visible or text.rows(user, condition.values)
  end
  local values = indexed_values(user, condition)
  if condition.op == 'allOf' then
    return all_of(condition.field, values)
  end
  local rows = postings.union(condition.field, values)
  return condition.op == 'noneOf' and bits.without(visible, rows) or rows
end

--- @param user table the actor
--- @param visible string bitmap of the meetings the actor sees
--- @param node table condition or group { all | any | none }
--- @return string bitmap; may hold rows that are not visible, so the caller ANDs it with `visible`
function conditions.rows(user, visible, node)
  if node.field then
    return condition_rows(user, visible, node)
  end
  local children = {}
  for at, child in ipairs(node.all or node.any or node.none) do
    children[at] = conditions.rows(user, visible, child)
  end
  if node.all then
    return #children == 0 and visible or bits.intersect_all(children)
  end
  local some = bits.union(children)
  return node.none and bits.without(visible, some) or some
end

return conditions
