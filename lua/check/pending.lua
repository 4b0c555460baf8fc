--- What came with imports that are not in, or no longer: it has records and is partly filed, but nobody may see it.
local bits = require('store.bits')
local keys = require('store.keys')

local pending = {}

local hides_rows = { staging = true, cancelled = true, restoring = true, undone = true }
local hides_clients = { staging = true, cancelled = true, undone = true }
local hides_users = { staging = true, cancelled = true }

local function each_import(states, visit)
  local stored = redis.call('HGETALL', keys.imports())
  for at = 1, #stored, 2 do
    local import = cjson.decode(stored[at + 1])
    if states[import.state] then
      visit(stored[at], import)
    end
  end
end

local function union(states, key_of)
  local some = {}
  each_import(states, function(id)
    some[#some + 1] = key_of(id)
  end)
  return bits.union(some)
end

--- @return string bitmap of meetings' rows
function pending.rows()
  return union(hides_rows, keys.import_rows)
end

--- @return string bitmap of clients' slots
function pending.clients()
  return union(hides_clients, keys.import_clients)
end

--- @return table true by user's id
function pending.users()
  local found = {}
  each_import(hides_users, function(id)
    for _, user_id in ipairs(redis.call('SMEMBERS', keys.import_users(id))) do
      found[user_id] = true
    end
  end)
  return found
end

--- @return boolean whether an import may be filing meetings at the moment, in several calls
function pending.is_filing()
  local filing = false
  each_import(hides_rows, function()
    filing = true
  end)
  return filing
end

return pending
