--- Staging: the numbered steps of an import that nobody sees yet. A step whose answer was lost is repeated under the
--- same number and answered from memory.
local actor = require('actor')
local bits = require('store.bits')
local failure = require('failure')
local keys = require('store.keys')
local store = require('store.imports')
local visibility = require('store.visibility')

local staging = {}

--- Opens a step. Request: { actor, importId, step }.
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (import), CONFLICT (import, step).
--- @return table user, table import, string|nil the reply when this step was taken before
function staging.open(request)
  local user = actor.importer(request.actor)
  local import = failure.need(store.load(request.importId), 'NOT_FOUND', 'import')
  failure.need(import.state == 'staging' and import.by == user.id, 'CONFLICT', 'import')
  if request.step == import.step then
    return user, import, import.reply
  end
  failure.need(request.step == import.step + 1, 'CONFLICT', 'step')
  return user, import
end

--- Closes a step that was taken.
--- @return string reply
function staging.close(import, request, reply)
  import.step, import.reply = request.step, reply
  store.save(request.importId, import)
  return reply
end

--- Fails with NOT_FOUND unless the client is one of the import's own or one the user sees.
function staging.need_client(user, import_id, slot)
  local own = bits.has(keys.import_clients(import_id), slot)
  failure.need(own or bits.has(visibility.clients(user), slot), 'NOT_FOUND', 'client')
end

--- Fails with NOT_FOUND unless somebody of the office, or of the import, has this id.
--- @param noun string what the failure names
function staging.need_user(import_id, id, noun)
  local present = redis.call('SISMEMBER', keys.users(), id) + redis.call('SISMEMBER', keys.import_users(import_id), id)
  failure.need(present > 0, 'NOT_FOUND', noun)
end

return staging
