--- Clients and users: who is there, who sees whom, and the names they are looked up by.
local bits = require('store.bits')
local budget = require('budget')
local client_values = require('store.client_values')
local claims = require('check.claims')
local filed = require('check.filed')
local json = require('json')
local keys = require('store.keys')
local pending = require('check.pending')

local names = {}

local function name_entry(client, slot)
  return client.nameKey .. '\0' .. string.format('%08d', slot)
end

local function compare_bit(index, key, slot, expected, found)
  local value = expected and 1 or 0
  found:compare(index, value, redis.call('GETBIT', key, slot), slot, function()
    redis.call('SETBIT', key, slot, value)
  end)
end

local function compare_field(index, key, name, expected, found)
  found:compare(index, expected, redis.call('HGET', key, name), name, function()
    redis.call('HSET', key, name, expected)
  end)
end

-- Who sees a client; those who are given it and are nobody are told.
local function compare_viewers(slot, client, found)
  local viewers = {}
  for _, user_id in ipairs(redis.call('SMEMBERS', keys.users_of_client(slot))) do
    viewers[user_id] = client and redis.call('EXISTS', keys.user(user_id)) == 1 or nil
    if not viewers[user_id] then
      found:add('users_of_client', 'surplus', slot, function()
        redis.call('SREM', keys.users_of_client(slot), user_id)
      end)
    end
  end
  return viewers
end

local function compare_client(slot, client, words, is_there, user_ids, found)
  budget.pay(10)
  compare_bit('live_clients', keys.live_clients(), slot, is_there, found)
  local viewers = compare_viewers(slot, client, found)
  for _, user_id in ipairs(user_ids) do
    compare_bit('visible_clients', keys.visible_clients(user_id), slot, is_there and viewers[user_id], found)
  end
  if client then
    compare_field('folded:client', keys.folded('client'), slot, client.nameKey, found)
    compare_field('labels:client', keys.labels('client'), slot, client.name, found)
    compare_field('client_ids', keys.client_ids(), slot, client.id, found)
    compare_field('client_values', keys.client_values(), slot, client_values.encode(client, words), found)
    local entry = name_entry(client, slot)
    if not redis.call('ZSCORE', keys.clients_by_name(), entry) then
      found:add('clients_by_name', 'missing', slot, function()
        redis.call('ZADD', keys.clients_by_name(), 0, entry)
      end)
    end
  end
end

-- Words of each client's name, by its place in the request.
local function words_of(named)
  local words = {}
  for _, each in ipairs(named) do
    for _, place in ipairs(each[1] == 'clients_word' and each[4] or {}) do
      words[place + 1] = words[place + 1] or {}
      table.insert(words[place + 1], each[2])
    end
  end
  return words
end

--- Looks at some clients and at the words of their names. Request: as claims.open and { postings: as filed.look }.
--- @return string as claims.open
function names.clients(request, found)
  local claimed, told = claims.open(request)
  local user_ids = claims.users(request)
  local hidden, words = bits.values(pending.clients(), 'u1', claimed.numbers), words_of(request.postings)
  for at, slot in ipairs(claimed.numbers) do
    if claimed.holds[at] then
      local client = claimed.texts[at] and cjson.decode(claimed.texts[at]) or nil
      local is_there = client ~= nil and not json.value(client.deletedAt) and hidden[at] == 0
      compare_client(slot, client, words[at] or {}, is_there, user_ids, found)
    end
  end
  filed.look(request.postings, claimed, 1, found)
  return told
end

-- Hashes by slot, by the name a difference in them is told by.
local by_slot = {
  ['folded:client'] = function()
    return keys.folded('client')
  end,
  ['labels:client'] = function()
    return keys.labels('client')
  end,
  client_values = keys.client_values, client_ids = keys.client_ids,
}

--- Looks for what is kept of clients there are none of. Request: { name: of a hash, cursor }
function names.hash(request, found)
  local key = by_slot[request.name]()
  local reply = redis.call('HSCAN', key, request.cursor, 'COUNT', 200)
  for at = 1, #reply[2], 2 do
    local slot = reply[2][at]
    budget.pay(1)
    if redis.call('EXISTS', keys.client(slot)) == 0 then
      found:add(request.name, 'surplus', slot, function()
        redis.call('HDEL', key, slot)
      end)
    end
  end
  return '"cursor":"' .. reply[1] .. '"'
end

--- Looks for names in the list by name that no client has. Request: { after: entry|null, limit }
function names.by_name(request, found)
  local after = json.value(request.after)
  local entries = redis.call(
    'ZRANGEBYLEX', keys.clients_by_name(), after and '(' .. after or '-', '+', 'LIMIT', 0, request.limit
  )
  for _, entry in ipairs(entries) do
    local slot = tonumber(string.sub(entry, -8))
    local text = slot and redis.call('GET', keys.client(slot))
    local is_read, client = pcall(cjson.decode, text or 'null')
    budget.pay(4)
    -- A record that cannot be read may have the name.
    if is_read and (not text or name_entry(client, slot) ~= entry) then
      found:add('clients_by_name', 'surplus', slot or '?', function()
        redis.call('ZREM', keys.clients_by_name(), entry)
      end)
    end
  end
  return '"after":' .. json.encode(#entries == request.limit and entries[#entries] or nil)
end

local function compare_user(user, is_hidden, found)
  local is_there = not json.value(user.deletedAt)
  local function member(expected)
    found:compare('users', expected, redis.call('SISMEMBER', keys.users(), user.id), user.id, function()
      redis.call(expected == 1 and 'SADD' or 'SREM', keys.users(), user.id)
    end)
  end
  member(is_there and not is_hidden and 1 or 0)
  compare_field('labels:user', keys.labels('user'), user.id, user.displayName, found)
  if is_there then
    compare_field('folded:user', keys.folded('user'), user.id, user.nameKey, found)
    compare_field('user_names', keys.user_names(), user.userNameKey, user.id, found)
  end
end

-- Names in a hash that no user has.
local function compare_surplus(index, key, belongs, found)
  local stored = redis.call('HGETALL', key)
  for at = 1, #stored, 2 do
    local name, value = stored[at], stored[at + 1]
    if not belongs(name, value) then
      found:add(index, 'surplus', name, function()
        redis.call('HDEL', key, name)
      end)
    end
  end
end

-- Users by id, with those whose record cannot be read as false.
local function users_of(ids)
  local users = {}
  for _, id in ipairs(ids) do
    budget.pay(10)
    local text = redis.call('GET', keys.user(id))
    local is_read, user = pcall(cjson.decode, text or '')
    if text then
      users[id] = is_read and user.id == id and user or false
    end
  end
  return users
end

--- Looks at all users and the names they sign in by. Request: { users: ids there are records of }
--- @return string unreadable: ids
function names.users(request, found)
  local users, hidden, unreadable = users_of(request.users), pending.users(), {}
  for id, user in pairs(users) do
    if user then
      compare_user(user, hidden[id] or false, found)
    else
      unreadable[#unreadable + 1] = id
    end
  end
  local function has_record(id)
    return redis.call('EXISTS', keys.user(id)) == 1
  end
  compare_surplus('labels:user', keys.labels('user'), has_record, found)
  compare_surplus('folded:user', keys.folded('user'), function(id)
    local is_gone = users[id] and json.value(users[id].deletedAt)
    return has_record(id) and not is_gone
  end, found)
  compare_surplus('user_names', keys.user_names(), function(name, id)
    local user = users[id]
    local is_other = user and (user.userNameKey ~= name or json.value(user.deletedAt))
    return has_record(id) and not is_other
  end, found)
  for _, id in ipairs(redis.call('SMEMBERS', keys.users())) do
    if not has_record(id) then
      found:add('users', 'surplus', id, function()
        redis.call('SREM', keys.users(), id)
      end)
    end
  end
  return '"unreadable":' .. json.list(unreadable)
end

return names
