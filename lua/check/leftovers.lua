--- Every key the store holds: the values that postings are kept of, and what nobody needs any more.
local budget = require('budget')
local keys = require('store.keys')
local json = require('json')
local orders = require('store.orders')

local leftovers = {}

-- Keys that stand alone, and kinds of keys whose owners other looks know.
local single = {
  office = true, users = true, user_names = true, live = true, touched = true,
  staged = true, live_clients = true, client_column = true, client_ids = true, client_values = true, common_words = true,
  external_ids = true, clients_by_name = true,
  orders = true, journal = true, undone = true, writes = true, write_order = true,
  imports = true, import_templates = true,
}

local function has_user(rest)
  return redis.call('EXISTS', keys.user(rest)) == 1
end

local function has_import(rest)
  return redis.call('HEXISTS', keys.imports(), string.match(rest, '^[^:]*')) == 1
end

local function always()
  return true
end

-- Whether an order's generation is in force or being made. The latest may be in the making although it was forgotten.
local function is_current(rest)
  local order, generation = string.match(rest, '^(%a+):(%d+)')
  return order ~= nil and orders.sliced[order] ~= nil
    and (orders.generation(order) == generation or redis.call('HGET', keys.orders(), order .. ':given') == generation)
end

-- By the first word of a key, whether somebody needs what follows it.
local needed = {
  meeting = always, client = always, user = always, secret = always, ids = always,
  folded = always, labels = always, totals = always, lexicon = always,
  users_of_client = function(slot)
    return redis.call('EXISTS', keys.client(slot)) == 1
  end,
  visible = has_user, visible_clients = has_user,
  order = is_current, bounds = is_current,
  unranked = function(order)
    return orders.generation(order) ~= redis.call('HGET', keys.orders(), order .. ':given')
  end,
  import_rows = has_import, import_clients = has_import, import_users = has_import, import_viewers = has_import,
  import_shown = has_import, import_updates = has_import, import_before = has_import,
}

local function is_needed(name, fields)
  local kind, rest = string.match(name, '^([%w_]+):(.*)$')
  if kind == 'posting' then
    return fields[string.match(rest, '^[^:]*')]
  end
  if not kind then
    return single[name]
  end
  return needed[kind] and needed[kind](rest)
end

--- Looks at some of the keys. Request: { cursor, count, fields: those that have postings }
--- @return string cursor; names: of keys that hold records or postings, without the office's part
function leftovers.look(request, found)
  local reply = redis.call('SCAN', request.cursor, 'MATCH', keys.prefix .. '*', 'COUNT', request.count)
  local names, fields = {}, {}
  for _, field in ipairs(request.fields) do
    fields[field] = true
  end
  budget.pay(request.count * 0.3)
  for _, key in ipairs(reply[2]) do
    local name = string.sub(key, #keys.prefix + 1)
    budget.pay(1)
    if string.find(name, '^posting:') or string.find(name, '^%a+:') and not string.find(name, '^order:') then
      names[#names + 1] = name
    end
    if not is_needed(name, fields) then
      found:add('leftovers', 'surplus', name, function()
        redis.call('UNLINK', key)
      end)
    end
  end
  return '"cursor":"' .. reply[1] .. '","names":' .. json.list(names)
end

return leftovers
