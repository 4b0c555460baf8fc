--- Imports: rows are staged where no reader looks, then one call makes them all seen. Staged meetings have records,
--- rows and postings, but no bit in `live`, which every read ANDs with.
local actor = require('actor')
local bits = require('store.bits')
local clients = require('clients')
local failure = require('failure')
local json = require('json')
local keys = require('store.keys')
local postings = require('store.postings')
local orders = require('store.orders')
local ranking = require('ranking')
local records = require('store.records')
local rows = require('store.rows')
local segment = require('store.segment')
local staging = require('staging')
local store = require('store.imports')
local updating = require('updating')
local users = require('users')
local visibility = require('store.visibility')

local imports = {}

local load, save = store.load, store.save

--- Begins an import. Request: { actor, label: file name }. Reply: { importId, at: instant its meetings are stamped with }
--- Failures: SIGNED_OUT, NOT_ALLOWED.
function imports.begin(request)
  local user = actor.importer(request.actor)
  local id, instant = rows.mint(), rows.later_instant()
  -- All its meetings say this instant, and their order is quick only if no other meetings are mixed with them.
  orders.single_out('createdAt', instant)
  orders.single_out('changed', instant)
  save(id, { state = 'staging', by = user.id, label = request.label, at = instant, step = 0, reply = '{}' })
  return cjson.encode({ importId = id, at = instant })
end

--- Stages new clients. Request: { actor, importId, step, clients: [ClientFields with nameKey, words] }. Reply: { ids, slots }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND, CONFLICT. Cost: some 20 writes a client.
function imports.clients(request)
  local user, import, repeated = staging.open(request)
  if repeated then
    return repeated
  end
  local ids, slots = {}, {}
  for at, fields in ipairs(request.clients) do
    local words = fields.words
    fields.words = nil
    local client = clients.make(fields, words, user)
    redis.call('SETBIT', keys.import_clients(request.importId), client.slot, 1)
    ids[at], slots[at] = client.id, client.slot
  end
  return staging.close(import, request, '{"ids":' .. json.list(ids) .. ',"slots":' .. json.array(slots) .. '}')
end

--- Stages new owners, who cannot sign in. Request: { actor, importId, step, users: [UserFields with keys] }. Reply: { ids }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND, CONFLICT, DUPLICATE (user name).
function imports.users(request)
  local user, import, repeated = staging.open(request)
  if repeated then
    return repeated
  end
  for _, fields in ipairs(request.users) do
    failure.need(users.name_is_free(fields.userNameKey), 'DUPLICATE', 'userName')
  end
  local ids = {}
  for at, fields in ipairs(request.users) do
    local id, instant = rows.mint()
    users.make(id, fields, user, instant, true)
    redis.call('SADD', keys.import_users(request.importId), id)
    ids[at] = id
  end
  return staging.close(import, request, '{"ids":' .. json.list(ids) .. '}')
end

--- Reserves rows for meetings of the import; Node then writes their records. Request: { actor, importId, step, count }
--- Reply: { row, ms, random } as rows.reserve says. Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND, CONFLICT.
function imports.reserve(request)
  local _, import, repeated = staging.open(request)
  if repeated then
    return repeated
  end
  local reserved = rows.reserve('meetings', request.count)
  for _, key in ipairs({ keys.staged(), keys.import_rows(request.importId) }) do
    redis.call('SETRANGE', key, reserved.row / 8, segment.ones(request.count))
  end
  import.reserved = import.reserved or {}
  import.reserved[tostring(reserved.row)] = request.count
  return staging.close(import, request, cjson.encode(reserved))
end

local function need_reserved(import, request)
  local count = import.reserved and import.reserved[tostring(request.row)]
  failure.need(count == request.count, 'CONFLICT', 'rows')
end

--- Stages the columns of rows that were reserved.
--- Request: { actor, importId, step, row, count, clients: [slot], owners: [id], orders } and as bytes slots and codes, see
--- segment.write_columns. Reply: {}
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (import, client, owner), CONFLICT. Cost: a few microseconds a client.
function imports.columns(request, arguments)
  local user, import, repeated = staging.open(request)
  if repeated then
    return repeated
  end
  need_reserved(import, request)
  for _, slot in ipairs(request.clients) do
    staging.need_client(user, request.importId, slot)
  end
  for _, owner_id in ipairs(request.owners) do
    staging.need_user(request.importId, owner_id, 'owner')
  end
  segment.write_columns(request, arguments[2], arguments[3], ranking.recode)
  return staging.close(import, request, '{}')
end

--- Stages postings of rows that were reserved; with `last` the rows are complete.
--- Request: { actor, importId, step, row, count, last, postings, tagFolds, externalIds } and as bytes dense and lists, see
--- segment.write_postings. Reply: {}. Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (import), CONFLICT.
--- Cost: a few microseconds a posting.
function imports.postings(request, arguments)
  local _, import, repeated = staging.open(request)
  if repeated then
    return repeated
  end
  need_reserved(import, request)
  segment.write_postings(request, arguments[2], arguments[3])
  if request.last then
    import.reserved[tostring(request.row)] = nil
  end
  return staging.close(import, request, '{}')
end

--- Stages who shall see new clients beside those who see all. Request: { actor, importId, step, viewers: [{ user, slots }] }
--- Reply: {}. Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (import, user, client), CONFLICT.
function imports.viewers(request)
  local _, import, repeated = staging.open(request)
  if repeated then
    return repeated
  end
  local own = keys.import_clients(request.importId)
  for _, each in ipairs(request.viewers) do
    staging.need_user(request.importId, each.user, 'user')
    failure.need(bits.count_of(own, each.slots) == #each.slots, 'NOT_FOUND', 'client')
  end
  for _, each in ipairs(request.viewers) do
    redis.call('SADD', keys.import_viewers(request.importId), each.user)
    bits.write(keys.import_shown(request.importId, each.user), each.slots, 1)
  end
  return staging.close(import, request, '{}')
end

-- Shows an import's meetings to every user who sees only some clients.
local function show_to_users(shown)
  for _, id in ipairs(redis.call('SMEMBERS', keys.users())) do
    local slots = bits.positions(keys.visible_clients(id), 0, math.huge)
    if #slots > 0 then
      bits.add_all(keys.visible(id), bits.intersect(postings.union('client', slots), shown))
    end
  end
end

-- Lets those who shall see new clients see them.
local function show_clients(import_id, user)
  local living = keys.live_clients()
  if not visibility.sees_all(user) then
    visibility.assign(user.id, bits.positions(bits.intersect(keys.import_clients(import_id), living), 0, math.huge))
  end
  for _, id in ipairs(redis.call('SMEMBERS', keys.import_viewers(import_id))) do
    if not visibility.sees_all(records.user(id)) then
      visibility.assign(id, bits.positions(bits.intersect(keys.import_shown(import_id, id), living), 0, math.huge))
    end
  end
  store.forget_viewers(import_id)
end

--- Makes a staged import seen, all at once. Where updates are many, `imports_settle` makes those that are left.
--- Request: { actor, importId, writeId }
--- Reply: { entry, records: of that entry; both absent while updates are left; meetings, newClients, newUsers, updates: staged ones }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND, CONFLICT. Cost: a few BITOPs per user, one read per client of a user,
--- and that of a thousand updates.
function imports.commit(request)
  local user = actor.importer(request.actor)
  local import = failure.need(load(request.importId), 'NOT_FOUND', 'import')
  failure.need(import.state == 'staging' and import.by == user.id and next(import.reserved or {}) == nil, 'CONFLICT', 'import')
  local instant = rows.instant()
  local new_clients, new_users = keys.import_clients(request.importId), redis.call('SMEMBERS', keys.import_users(request.importId))
  for _, id in ipairs(new_users) do
    redis.call('SADD', keys.users(), id)
  end
  bits.add_all(keys.live_clients(), new_clients)
  bits.remove_all(keys.staged(), keys.import_rows(request.importId))
  -- Clients deleted while the file was read stay deleted, and so their new meetings stay hidden with them.
  local living = postings.union('client', bits.positions(keys.live_clients(), 0, math.huge))
  local shown = bits.intersect(keys.import_rows(request.importId), living)
  bits.add_all(keys.live(), shown)
  show_to_users(shown)
  show_clients(request.importId, user)
  local counts = {
    meetings = redis.call('BITCOUNT', keys.import_rows(request.importId)),
    newClients = redis.call('BITCOUNT', new_clients), newUsers = #new_users,
    updates = updating.count(request.importId),
  }
  import.reply, import.counts = nil, counts
  updating.make_some(request.importId, import, instant)
  save(request.importId, import)
  counts.entry, counts.records = import.entry, import.records
  return cjson.encode(counts)
end

--- Hides a whole import again; what it left behind is then discarded step by step. Checks first.
--- @return function(user, instant) that writes and answers the journal's text of what came of it
function imports.take_back(id)
  local import = failure.need(load(id), 'NOT_FOUND', 'import')
  failure.need(import.state == 'done', 'CONFLICT', 'import')
  local imported = keys.import_rows(id)
  failure.need(bits.count(bits.intersect(imported, keys.touched())) == 0, 'CONFLICT', 'touched')
  local take_back_updates = updating.prepare_taking_back(id, import)
  return function(user, instant)
    bits.remove_all(keys.live(), imported)
    bits.add_all(keys.staged(), imported)
    for _, user_id in ipairs(redis.call('SMEMBERS', keys.users())) do
      bits.remove_all(keys.visible(user_id), imported)
    end
    take_back_updates(user, instant)
    save(id, import)
    return 'null'
  end
end

return imports
