--- Selection: the bitmap of what a filter leaves to a user, whole or with one field's own conditions left out (for that
--- field's counts).
local bits = require('store.bits')
local conditions = require('query.conditions')
local text = require('query.text')
local visibility = require('store.visibility')

local Selection = {}
Selection.__index = Selection

local selection = {}

-- The conditions that stand directly in the outermost `all` group, or alone.
local function outermost(where)
  if where.all then
    return where.all
  end
  return { where }
end

--- @param user table the actor
--- @param request table { where?, words? }
function selection.new(user, request)
  local self = setmetatable({
    user = user, words = request.words or {}, visible = visibility.meetings(user), parts = {}, known = {},
  }, Selection)
  for at, node in ipairs(request.where and outermost(request.where) or {}) do
    self.parts[at] = { field = node.field, rows = conditions.rows(user, self.visible, node) }
  end
  if #self.words > 0 then
    self.parts[#self.parts + 1] = { rows = text.rows(user, self.words) }
  end
  return self
end

--- @param sort table list of { by, direction }
--- @return table|nil levels of query/text.lua when the order asks for them
function Selection:levels(sort)
  for _, each in ipairs(sort) do
    if each.by == 'relevance' then
      return text.levels(self.user, self.words)
    end
  end
end

--- @param field string|nil its own outermost conditions are left out
--- @return string bitmap of visible rows, number how many
function Selection:rows(field)
  local has_own = false
  for _, part in ipairs(self.parts) do
    has_own = has_own or (field ~= nil and part.field == field)
  end
  local name = has_own and field or ''
  if not self.known[name] then
    local sources = { self.visible }
    for _, part in ipairs(self.parts) do
      if not has_own or part.field ~= field then
        sources[#sources + 1] = part.rows
      end
    end
    local rows = bits.intersect_all(sources)
    self.known[name] = { rows = rows, count = bits.count(rows) }
  end
  return self.known[name].rows, self.known[name].count
end

return selection
