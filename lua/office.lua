--- The office: whether there is one, and creating it with its administrator. Called by main before anyone is signed in.
local failure = require('failure')
local journal = require('store.journal')
local keys = require('store.keys')
local rows = require('store.rows')
local users = require('users')

local office = {}

--- Answers what is known of the office. Request: {}. Reply: { exists, schema?, id?, name?, zone?, demo? }
function office.status()
  local stored = redis.call('HMGET', keys.office(), 'schema', 'id', 'name', 'zone', 'demo')
  if not stored[1] then
    return '{"exists":false}'
  end
  return cjson.encode({
    exists = true, schema = tonumber(stored[1]), id = stored[2], name = stored[3], zone = stored[4], demo = stored[5] == '1',
  })
end

--- Creates the office with its administrator.
--- Request: { schema, name, zone, demo?, administrator: { userName, userNameKey, displayName, nameKey }, secret }
--- Reply: { userId }. Failures: CONFLICT (there is one already).
function office.create(request)
  failure.need(redis.call('EXISTS', keys.office()) == 0, 'CONFLICT', 'office')
  local id, instant = rows.mint()
  redis.call(
    'HSET', keys.office(),
    'schema', request.schema, 'id', id, 'name', request.name, 'zone', request.zone, 'demo', request.demo and 1 or 0
  )
  local fields = request.administrator
  fields.role, fields.seesAllClients, fields.active = 'administrator', true, true
  local user_id = rows.mint()
  local user, text = users.make(user_id, fields, { id = user_id }, instant)
  redis.call('SET', keys.secret(user.id), request.secret)
  journal.append({
    at = instant, by = user.id, action = 'create', noun = 'office', subject = id, label = request.name, after = text,
  })
  return cjson.encode({ userId = user.id })
end

return office
