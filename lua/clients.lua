--- Clients: list, names, one, create, update, delete.
local actor = require('actor')
local bits = require('store.bits')
local budget = require('budget')
local client_values = require('store.client_values')
local common_words = require('store.common_words')
local failure = require('failure')
local journal = require('store.journal')
local json = require('json')
local keys = require('store.keys')
local lexicon = require('store.lexicon')
local orders = require('store.orders')
local postings = require('store.postings')
local records = require('store.records')
local rows = require('store.rows')
local visibility = require('store.visibility')

local clients = {}

-- How many names are looked at in one step of a walk by name.
local step = 500

-- Entries of the list by name read `folded name NUL slot as eight digits`: slot order is id order, so ties are right.
local function name_entry(name_key, slot)
  return name_key .. '\0' .. string.format('%08d', slot)
end

--- Files a client's name wherever names are looked up.
local function file_name(client, words)
  redis.call('HSET', keys.folded('client'), client.slot, client.nameKey)
  redis.call('HSET', keys.labels('client'), client.slot, client.name)
  redis.call('ZADD', keys.clients_by_name(), 0, name_entry(client.nameKey, client.slot))
  for _, word in ipairs(words) do
    lexicon.add('clients', word, { client.slot })
  end
  common_words.add(words, client.slot)
end

--- Takes a client's name out of every place it is looked up.
local function unfile_name(client, words)
  redis.call('HDEL', keys.folded('client'), client.slot)
  redis.call('HDEL', keys.labels('client'), client.slot)
  redis.call('ZREM', keys.clients_by_name(), name_entry(client.nameKey, client.slot))
  lexicon.remove('clients', words, client.slot)
  common_words.remove(words, client.slot)
end

--- Takes a client none of whose meetings are left out of every index.
function clients.unfile(client, words)
  redis.call('HDEL', keys.client_ids(), client.slot)
  unfile_name(client, words)
  client_values.unfile(client)
end

-- Visits the slots of a bitmap in the order of their names until `visit` answers true.
local function each_by_name(set, visit)
  local from = 0
  while true do
    local entries = redis.call('ZRANGE', keys.clients_by_name(), from, from + step - 1)
    budget.pay(#entries / 2)
    local slots = {}
    for at, entry in ipairs(entries) do
      slots[at] = tonumber(string.sub(entry, -8))
    end
    local present = bits.values(set, 'u1', slots)
    for at, slot in ipairs(slots) do
      if present[at] == 1 and visit(slot, entries[at]) then
        return
      end
    end
    if #entries < step then
      return
    end
    from = from + step
  end
end

-- A stored text with the name of who looks after the client beside it, and what else there is to say.
local function encode(text, more)
  local owner_id = string.match(text, '","ownerId":"([^"]*)"')
  local name = owner_id and redis.call('HGET', keys.labels('user'), owner_id) or nil
  return string.sub(text, 1, -2) .. ',"ownerName":' .. json.encode(name) .. (more or '') .. '}'
end

local function encode_row(user, slot)
  local count = postings.count('client', slot, visibility.meetings(user))
  return encode(redis.call('GET', keys.client(slot)), ',"meetings":' .. count)
end

--- Answers clients the actor sees, by name. Request: { actor, words, offset, limit }. Reply: { rows, total }
--- Failures: SIGNED_OUT, TOO_COSTLY. Cost: a walk over the names up to the page.
function clients.list(request)
  local user = actor.load(request.actor)
  local set = visibility.clients(user)
  for _, word in ipairs(request.words) do
    set = bits.intersect(set, lexicon.matching('clients', word))
  end
  local total = bits.count(set)
  local found, skipped = {}, 0
  if request.offset < total and request.limit > 0 then
    each_by_name(set, function(slot)
      if skipped < request.offset then
        skipped = skipped + 1
      else
        found[#found + 1] = encode_row(user, slot)
      end
      return #found == math.min(request.limit, total - request.offset)
    end)
  end
  return '{"rows":' .. json.array(found) .. ',"total":' .. total .. '}'
end

--- Answers folded names of the clients the actor sees, by slot, for matching. Request: { actor, after: slot|-1, limit }
--- Reply: { clients: [{ id, slot, nameKey }], after: slot|null }. Failures: SIGNED_OUT. Cost: one read per client answered.
function clients.names(request)
  local user = actor.load(request.actor)
  local slots = bits.positions(visibility.clients(user), json.value(request.after) and request.after + 1 or 0, request.limit)
  local found = {}
  for at, slot in ipairs(slots) do
    local client = records.client(slot)
    found[at] = '{"id":"' .. client.id .. '","slot":' .. slot .. ',"nameKey":' .. cjson.encode(client.nameKey) .. '}'
  end
  return '{"clients":' .. json.array(found) .. ',"after":' .. (#slots == request.limit and slots[#slots] or 'null') .. '}'
end

--- Answers one client with its number of meetings. Request: { actor, id }. Reply: client
--- Failures: SIGNED_OUT, NOT_FOUND. Cost: a few reads.
function clients.get(request)
  local user = actor.load(request.actor)
  local client = visibility.client(user, request.id)
  return encode_row(user, client.slot)
end

--- Makes a client's record and files its name; nobody sees it yet.
--- @return table client, string stored text
function clients.make(fields, words, user)
  local slot, id, instant = rows.take('clients')
  local client = fields
  client.id, client.slot, client.version = id, slot, 1
  client.createdAt, client.createdBy, client.changedAt, client.changedBy = instant, user.id, instant, user.id
  local text = records.put_client(client)
  redis.call('HSET', keys.client_ids(), slot, id)
  file_name(client, words)
  client_values.file(client, words)
  return client, text
end

local function need_owner(fields)
  local id = json.value(fields.ownerId)
  failure.need(not id or redis.call('SISMEMBER', keys.users(), id) == 1, 'NOT_FOUND', 'owner')
end

--- Writes a new client down. Request: { actor, writeId, fields: ClientFields with nameKey, words }
--- Reply: { entry, client }. Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (owner). Cost: some 20 small writes.
function clients.create(request)
  local user = actor.writer(request.actor)
  need_owner(request.fields)
  local client, text = clients.make(request.fields, request.words, user)
  if not visibility.sees_all(user) then
    redis.call('SADD', keys.users_of_client(client.slot), user.id)
  end
  visibility.write_client(client.slot, 1)
  local entry = journal.append({
    at = client.createdAt, by = user.id, action = 'create', noun = 'client', subject = client.id, label = client.name,
    client = client.id, after = text,
  })
  return '{"entry":' .. entry .. ',"client":' .. encode(text) .. '}'
end

--- Puts new fields in place of a client's. All checks were made. Meetings are not rewritten: they know the client by slot.
--- @return string stored text
function clients.replace(before, after, words, instant, user)
  after.id, after.slot, after.version = before.id, before.slot, before.version + 1
  after.createdAt, after.createdBy = before.createdAt, before.createdBy
  after.changedAt, after.changedBy, after.deletedAt = instant, user.id, nil
  if after.name ~= before.name then
    unfile_name(before, words.remove)
    file_name(after, words.add)
    orders.move_all('client', postings.union('client', { before.slot }), before.nameKey, after.nameKey)
  end
  client_values.replace(before, after, words.add)
  return records.put_client(after)
end

--- Replaces what is written about a client.
--- Request: { actor, writeId, id, version, fields, words: { remove: all old, add: all new } }. Reply: { entry, client }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (client, owner), CONFLICT (version). Cost: some 40 BITOPs at most.
function clients.update(request)
  local user = actor.writer(request.actor)
  local before = visibility.client(user, request.id)
  need_owner(request.fields)
  failure.need(before.version == request.version and request.words, 'CONFLICT', 'version')
  local before_text, instant = redis.call('GET', keys.client(before.slot)), rows.instant()
  local text = clients.replace(before, request.fields, request.words, instant, user)
  local entry = journal.append({
    at = instant, by = user.id, action = 'update', noun = 'client', subject = before.id, label = request.fields.name,
    client = before.id, before = before_text, after = text,
  })
  return '{"entry":' .. entry .. ',"client":' .. encode(text) .. '}'
end

--- Hides or shows a client with its meetings. All checks were made.
--- @return string stored text
function clients.write_deleted(client, deleted, instant, user)
  visibility.write_client(client.slot, deleted and 0 or 1)
  client.version = client.version + 1
  client.changedAt, client.changedBy, client.deletedAt = instant, user.id, deleted and instant or nil
  return records.put_client(client)
end

--- Deletes a client and hides its meetings. Request: { actor, writeId, id, version }. Reply: { entry }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND, CONFLICT (version). Cost: two BITOPs per user who sees it.
function clients.delete(request)
  local user = actor.writer(request.actor)
  local client = visibility.client(user, request.id)
  failure.need(client.version == request.version, 'CONFLICT', 'version')
  local before, instant = redis.call('GET', keys.client(client.slot)), rows.instant()
  local after = clients.write_deleted(client, true, instant, user)
  local entry = journal.append({
    at = instant, by = user.id, action = 'delete', noun = 'client', subject = client.id, label = client.name,
    client = client.id, before = before, after = after,
  })
  return '{"entry":' .. entry .. '}'
end

return clients
