--- Ranges: rows whose key in a sort order lies between two others. The order's slices tell all but the rows that share a
--- code with an end of the range; these are looked at. Where the end is a bound of the codes, as days are in a ranked
--- office (electron/ranking/dayBounds.ts), there are none.
local bits = require('store.bits')
local candidates = require('query.candidates')
local json = require('json')
local orders = require('store.orders')

local ranges = {}

-- Rows of a bitmap, few of them, whose key is not before `key`.
local function not_before(order, some, key)
  local rows = bits.positions(some, 0, math.huge)
  local found, kept = candidates.new({ { by = order, direction = 'ascending' } }), {}
  found:fetch(rows)
  for _, row in ipairs(rows) do
    local known = found.keys[1][row]
    if known and known >= key then
      kept[#kept + 1] = row
    end
  end
  local into = bits.temporary()
  bits.write(into, kept, 1)
  return into
end

local function from_key(order, layout, within, key)
  local code = orders.code(order, layout.generation, key)
  local bound, is_only = orders.bound(order, layout.generation, code)
  if bound == key then
    return orders.at_least(order, layout, within, code)
  end
  local later = orders.at_least(order, layout, within, code + 1)
  if is_only then
    return later
  end
  local sharing = bits.rest(orders.at_least(order, layout, within, code), later)
  return bits.union({ later, not_before(order, sharing, key) })
end

-- Ends as keys [from, to); nil is open.
local ends = {
  duration = function(values)
    local to = json.value(values[2])
    -- What has no duration comes before 0 and lies in no range.
    return orders.duration_key(json.value(values[1]) or 0), to and orders.duration_key(to + 1)
  end,
}

local function instants(values)
  return json.value(values[1]), json.value(values[2])
end

-- Order of a field where they are not named alike.
local order_of = { created = 'createdAt' }

--- @param field string start, created or changed, with values [from, to) as instants; duration, with values [from, to] in
--- minutes; null leaves an end open
--- @param within string bitmap of the rows looked at
--- @return string bitmap of those of them that lie in the range
function ranges.rows(field, within, values)
  local order = order_of[field] or field
  local layout = orders.layout(order)
  local from, to = (ends[field] or instants)(values)
  local rows = from and from_key(order, layout, within, from) or within
  return to and bits.rest(rows, from_key(order, layout, rows, to)) or rows
end

return ranges
