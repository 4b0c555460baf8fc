--- Users: names, list, credentials, create, update, clients assigned.
local actor = require('actor')
local bits = require('store.bits')
local failure = require('failure')
local journal = require('store.journal')
local json = require('json')
local keys = require('store.keys')
local records = require('store.records')
local rows = require('store.rows')
local visibility = require('store.visibility')

local users = {}

local function assigned(user_id)
  return bits.positions(keys.visible_clients(user_id), 0, math.huge)
end

local function all()
  local found = {}
  for _, id in ipairs(redis.call('SMEMBERS', keys.users())) do
    found[#found + 1] = records.user(id)
  end
  table.sort(found, function(one, other)
    if one.nameKey ~= other.nameKey then
      return one.nameKey < other.nameKey
    end
    return one.id < other.id
  end)
  return found
end

--- Answers everyone's name; everyone may be an owner. Request: { actor }. Reply: { users: [{ id, name, active }] }
--- Failures: SIGNED_OUT.
function users.names(request)
  actor.load(request.actor)
  local found = {}
  for at, user in ipairs(all()) do
    found[at] = cjson.encode({ id = user.id, name = user.displayName, active = user.active })
  end
  return '{"users":' .. json.array(found) .. '}'
end

--- Answers all users with their number of clients. Request: { actor }. Reply: { users }. Failures: SIGNED_OUT, NOT_ALLOWED.
function users.list(request)
  actor.administrator(request.actor)
  local found = {}
  for at, user in ipairs(all()) do
    user.clients = redis.call('BITCOUNT', visibility.clients(user))
    found[at] = cjson.encode(user)
  end
  return '{"users":' .. json.array(found) .. '}'
end

--- Answers one user, for main. Request: { id }. Reply: { user }. Failures: NOT_FOUND.
function users.get(request)
  return '{"user":' .. failure.need(redis.call('GET', keys.user(request.id)), 'NOT_FOUND', 'user') .. '}'
end

--- Answers the first administrator who may sign in, for main. Request: {}. Reply: { user }. Failures: NOT_FOUND.
function users.administrator()
  local first
  for _, id in ipairs(redis.call('SMEMBERS', keys.users())) do
    local user = records.user(id)
    if user.role == 'administrator' and user.active and (not first or id < first.id) then
      first = user
    end
  end
  return '{"user":' .. cjson.encode(failure.need(first, 'NOT_FOUND', 'user')) .. '}'
end

--- Answers who has a user name, with the stored password hash, for main's sign-in.
--- Request: { userNameKey }. Reply: { user, secret: text|null }. Failures: NOT_FOUND.
function users.credentials(request)
  local id = failure.need(redis.call('HGET', keys.user_names(), request.userNameKey), 'NOT_FOUND', 'user')
  local secret = redis.call('GET', keys.secret(id))
  return '{"user":' .. redis.call('GET', keys.user(id)) .. ',"secret":' .. json.encode(secret or nil) .. '}'
end

local function file(user)
  redis.call('HSET', keys.user_names(), user.userNameKey, user.id)
  redis.call('HSET', keys.folded('user'), user.id, user.nameKey)
  redis.call('HSET', keys.labels('user'), user.id, user.displayName)
end

--- Makes a user's record and files the names. Not yet among the office's users when `hidden`.
--- @return table user, string stored text
function users.make(id, fields, by, instant, hidden)
  local user = fields
  user.id, user.version, user.deletedAt = id, 1, cjson.null
  user.createdAt, user.createdBy, user.changedAt, user.changedBy = instant, by.id, instant, by.id
  file(user)
  if not hidden then
    redis.call('SADD', keys.users(), id)
  end
  return user, records.put_user(user)
end

--- @return boolean whether the user is as made, sees no client and looks after none
function users.is_untouched(user)
  return user.version == 1
    and redis.call('BITCOUNT', keys.visible_clients(user.id)) == 0
    and not redis.call('ZSCORE', keys.totals('clients_owner'), user.id)
end

--- @return boolean whether nothing speaks of the user: as made, owning no meeting, seeing and looking after no client
function users.is_unused(user)
  return users.is_untouched(user) and not redis.call('ZSCORE', keys.totals('owner'), user.id)
end

--- Takes a user out of the office; the record stays, because the journal speaks of it. All checks were made.
function users.remove(user, instant)
  redis.call('SREM', keys.users(), user.id)
  redis.call('HDEL', keys.user_names(), user.userNameKey)
  redis.call('HDEL', keys.folded('user'), user.id)
  redis.call('DEL', keys.secret(user.id))
  user.active, user.deletedAt = false, instant
  records.put_user(user)
end

--- Takes a user nobody ever saw out of the store without a trace.
function users.purge(user)
  users.remove(user, user.createdAt)
  redis.call('HDEL', keys.labels('user'), user.id)
  redis.call('DEL', keys.user(user.id))
end

--- Makes sure that a user taken out of the office can be named by a record again. Fails when the user name was given
--- to somebody else meanwhile.
--- @return function that writes: the user is back, and cannot sign in
function users.bring_back(id)
  if redis.call('SISMEMBER', keys.users(), id) == 1 then
    return function() end
  end
  local user = records.user(id)
  failure.need(users.name_is_free(user.userNameKey), 'CONFLICT', 'owner')
  return function()
    user.deletedAt = cjson.null
    file(user)
    redis.call('SADD', keys.users(), id)
    records.put_user(user)
  end
end

function users.name_is_free(user_name_key, except)
  local holder = redis.call('HGET', keys.user_names(), user_name_key)
  return not holder or holder == except
end

local function without_keys(text)
  local user = cjson.decode(text)
  user.nameKey, user.userNameKey = nil, nil
  return cjson.encode(user)
end

local function with_keys(request)
  local fields = request.fields
  fields.nameKey, fields.userNameKey = request.nameKey, request.userNameKey
  return fields
end

--- Creates a user. Request: { actor, writeId, fields: UserFields, nameKey, userNameKey, secret? }. Reply: { entry, user }
--- Failures: SIGNED_OUT, NOT_ALLOWED, DUPLICATE (user name).
function users.create(request)
  local by = actor.administrator(request.actor)
  failure.need(users.name_is_free(request.userNameKey), 'DUPLICATE', 'userName')
  local id, instant = rows.mint()
  local _, text = users.make(id, with_keys(request), by, instant)
  if json.value(request.secret) then
    redis.call('SET', keys.secret(id), request.secret)
  end
  local entry = journal.append({
    at = instant, by = by.id, action = 'create', noun = 'user', subject = id, label = request.fields.displayName,
    after = without_keys(text),
  })
  return '{"entry":' .. entry .. ',"user":' .. text .. '}'
end

local function is_last_administrator(user)
  for _, other in ipairs(all()) do
    if other.id ~= user.id and other.role == 'administrator' and other.active then
      return false
    end
  end
  return user.role == 'administrator' and user.active
end

--- Puts new fields in place of a user's. All checks were made.
--- @return string stored text
function users.replace(before, after, instant, by)
  after.id, after.version, after.deletedAt = before.id, before.version + 1, cjson.null
  after.createdAt, after.createdBy, after.changedAt, after.changedBy = before.createdAt, before.createdBy, instant, by.id
  redis.call('HDEL', keys.user_names(), before.userNameKey)
  file(after)
  return records.put_user(after)
end

--- Fails when the office would be left without an administrator.
function users.need_administrator(before, after)
  local stays = after.role == 'administrator' and after.active
  failure.need(stays or not is_last_administrator(before), 'NOT_ALLOWED', 'lastAdministrator')
end

--- Changes a user. Request: { actor, writeId, id, version, fields, nameKey, userNameKey, secret? }. Reply: { entry, user }
--- Failures: SIGNED_OUT, NOT_ALLOWED (role, lastAdministrator), NOT_FOUND, CONFLICT (version), DUPLICATE (user name).
function users.update(request)
  local by = actor.administrator(request.actor)
  failure.need(redis.call('SISMEMBER', keys.users(), request.id) == 1, 'NOT_FOUND', 'user')
  local before = records.user(request.id)
  failure.need(before.version == request.version, 'CONFLICT', 'version')
  failure.need(users.name_is_free(request.userNameKey, before.id), 'DUPLICATE', 'userName')
  local after = with_keys(request)
  users.need_administrator(before, after)
  local before_text, instant = redis.call('GET', keys.user(before.id)), rows.instant()
  local text = users.replace(before, after, instant, by)
  if json.value(request.secret) then
    redis.call('SET', keys.secret(before.id), request.secret)
  end
  local entry = journal.append({
    at = instant, by = by.id, action = 'update', noun = 'user', subject = before.id, label = after.displayName,
    before = before_text, after = text,
  })
  return '{"entry":' .. entry .. ',"user":' .. text .. '}'
end

--- Answers ids of the clients assigned to a user. Request: { actor, id }. Reply: { clientIds }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND.
function users.clients(request)
  actor.administrator(request.actor)
  failure.need(redis.call('SISMEMBER', keys.users(), request.id) == 1, 'NOT_FOUND', 'user')
  local ids = {}
  for at, slot in ipairs(assigned(request.id)) do
    ids[at] = records.client(slot).id
  end
  return '{"clientIds":' .. json.list(ids) .. '}'
end

--- Gives and takes clients, given as slots; what changes nothing is left out. All checks were made.
--- @return string JSON of what was really added and removed, as ids
function users.change_clients(user_id, add, remove)
  local has = {}
  for _, slot in ipairs(assigned(user_id)) do
    has[slot] = true
  end
  local function ids(slots, wanted)
    local kept, found = {}, {}
    for _, slot in ipairs(slots) do
      if (has[slot] or false) == wanted then
        has[slot] = not wanted
        kept[#kept + 1] = slot
        found[#found + 1] = records.client(slot).id
      end
    end
    return kept, found
  end
  local added, added_ids = ids(add, false)
  local removed, removed_ids = ids(remove, true)
  visibility.assign(user_id, added)
  visibility.unassign(user_id, removed)
  return '{"add":' .. json.list(added_ids) .. ',"remove":' .. json.list(removed_ids) .. '}'
end

--- @return table slots of living clients
function users.client_slots(by, ids)
  local slots = {}
  for at, id in ipairs(ids) do
    slots[at] = failure.need(visibility.slot(by, id), 'NOT_FOUND', 'client')
  end
  return slots
end

--- Lets a user see some clients and no longer see others.
--- Request: { actor, writeId, id, add: ids, remove: ids }. Reply: { entry, clients: number }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (user, client). Cost: a few BITOPs, and one read per client.
function users.assign_clients(request)
  local by = actor.administrator(request.actor)
  failure.need(redis.call('SISMEMBER', keys.users(), request.id) == 1, 'NOT_FOUND', 'user')
  local add, remove = users.client_slots(by, request.add), users.client_slots(by, request.remove)
  local user, instant = records.user(request.id), rows.instant()
  local changes = users.change_clients(user.id, add, remove)
  local entry = journal.append({
    at = instant, by = by.id, action = 'assign', noun = 'user', subject = user.id, label = user.displayName, after = changes,
  })
  return '{"entry":' .. entry .. ',"clients":' .. redis.call('BITCOUNT', keys.visible_clients(user.id)) .. '}'
end

return users
