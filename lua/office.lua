--- The office: whether there is one, creating it with its administrator, its name and colour, and its recovery code.
local actor = require('actor')
local failure = require('failure')
local journal = require('store.journal')
local json = require('json')
local keys = require('store.keys')
local records = require('store.records')
local rows = require('store.rows')
local users = require('users')

local office = {}

-- The recovery code's hash stands with the hashes of passwords, under a name that is no user's id.
local function recovery()
  return keys.secret('recovery')
end

-- Offices made before there were colours have neither colour nor version.
local function fields()
  local stored = redis.call('HMGET', keys.office(), 'name', 'colour', 'version')
  return { name = stored[1], colour = stored[2] or 'blue', version = tonumber(stored[3] or 1) }
end

--- Answers what is known of the office. Request: {}.
--- Reply: { exists, schema?, program?, id?, name?, colour?, version?, zone?, demo?, hasRecoveryCode? }
function office.status()
  local stored = redis.call('HMGET', keys.office(), 'schema', 'id', 'zone', 'demo', 'program')
  if not stored[1] then
    return '{"exists":false}'
  end
  local status = fields()
  status.exists, status.schema, status.id, status.zone, status.demo =
    true, tonumber(stored[1]), stored[2], stored[3], stored[4] == '1'
  status.program = stored[5] or nil
  status.hasRecoveryCode = redis.call('EXISTS', recovery()) == 1
  return cjson.encode(status)
end

--- Creates the office with its administrator.
--- Request: { schema, program?, name, colour?, zone, demo?, administrator: { userName, userNameKey, displayName, nameKey }, secret,
--- recovery?: hash of the recovery code }
--- Reply: { entry, userId }. Failures: CONFLICT (there is one already).
function office.create(request)
  failure.need(redis.call('EXISTS', keys.office()) == 0, 'CONFLICT', 'office')
  local id, instant = rows.mint()
  redis.call(
    'HSET', keys.office(),
    'schema', request.schema, 'id', id, 'name', request.name, 'colour', request.colour or 'blue', 'version', 1,
    'zone', request.zone, 'demo', request.demo and 1 or 0
  )
  if json.value(request.program) then
    redis.call('HSET', keys.office(), 'program', request.program)
  end
  local person = request.administrator
  person.role, person.seesAllClients, person.active = 'administrator', true, true
  local user_id = rows.mint()
  local user, text = users.make(user_id, person, { id = user_id }, instant)
  redis.call('SET', keys.secret(user.id), request.secret)
  if json.value(request.recovery) then
    redis.call('SET', recovery(), request.recovery)
  end
  local entry = journal.append({
    at = instant, by = user.id, action = 'create', noun = 'office', subject = id, label = request.name, after = text,
  })
  return cjson.encode({ entry = entry, userId = user.id })
end

--- Notes the version of the program that opened the office. Request: { program }. Reply: {}
--- Programs of layouts to come read it from `office.status`, so that an earlier one can say which to get.
function office.opened(request)
  failure.need(redis.call('EXISTS', keys.office()) == 1, 'NO_OFFICE', 'office')
  redis.call('HSET', keys.office(), 'program', request.program)
  return '{}'
end

--- Fails when the office was changed since it had this version.
--- @return table fields as they are
function office.untouched(version)
  local before = fields()
  failure.need(before.version == version, 'CONFLICT', 'version')
  return before
end

--- Puts name and colour in place of what they were. All checks were made.
--- @return string JSON of the fields as they are now
function office.replace(before, after)
  local version = before.version + 1
  redis.call('HSET', keys.office(), 'name', after.name, 'colour', after.colour, 'version', version)
  return cjson.encode({ name = after.name, colour = after.colour, version = version })
end

--- Changes name and colour. Request: { actor, writeId, version, fields: { name, colour } }. Reply: { entry, office }
--- Failures: SIGNED_OUT, NOT_ALLOWED, CONFLICT (version).
function office.update(request)
  local by = actor.administrator(request.actor)
  local before = office.untouched(request.version)
  local text = office.replace(before, request.fields)
  local entry = journal.append({
    at = rows.instant(), by = by.id, action = 'update', noun = 'office', subject = redis.call('HGET', keys.office(), 'id'),
    label = request.fields.name, before = cjson.encode(before), after = text,
  })
  return '{"entry":' .. entry .. ',"office":' .. text .. '}'
end

--- Answers the hash of the recovery code, for main. Request: {}. Reply: { recovery: text|null }
function office.credentials()
  return '{"recovery":' .. json.encode(redis.call('GET', recovery()) or nil) .. '}'
end

--- Puts a new recovery code in place of the old one. Request: { actor, recovery: hash }. Reply: { entry }
--- Failures: SIGNED_OUT, NOT_ALLOWED.
function office.renew_recovery(request)
  local by = actor.administrator(request.actor)
  redis.call('SET', recovery(), request.recovery)
  local entry = journal.append({
    at = rows.instant(), by = by.id, action = 'renewCode', noun = 'office',
    subject = redis.call('HGET', keys.office(), 'id'), label = redis.call('HGET', keys.office(), 'name'),
  })
  return '{"entry":' .. entry .. '}'
end

--- Sets the password of an administrator whose recovery code main found right, and the code that follows it.
--- Request: { userId, secret, known: hash of the code that was right, recovery: hash of the next }. Reply: { entry }
--- Failures: WRONG_RECOVERY_CODE (meanwhile: no such administrator any more, or the code was used).
function office.recover(request)
  local user = records.user(request.userId)
  local may_recover = user and user.active and user.role == 'administrator' and redis.call('GET', recovery()) == request.known
  failure.need(may_recover, 'WRONG_RECOVERY_CODE')
  redis.call('SET', keys.secret(user.id), request.secret)
  redis.call('SET', recovery(), request.recovery)
  local entry = journal.append({
    at = rows.instant(), by = user.id, action = 'recover', noun = 'user', subject = user.id, label = user.displayName,
  })
  return '{"entry":' .. entry .. '}'
end

return office
