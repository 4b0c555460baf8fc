--- Discarding: what imports leave that never came in, or were taken back. Nobody sees any of it.
local bits = require('store.bits')
local clients = require('clients')
local external_ids = require('store.external_ids')
local failure = require('failure')
local imports = require('store.imports')
local index = require('store.index')
local json = require('json')
local keys = require('store.keys')
local records = require('store.records')
local rows = require('store.rows')
local users = require('users')

local discarding = {}

--- Answers imports that were cut off or taken back and still have something to discard. Reply: { imports: [{ importId, state }] }
function discarding.pending()
  local stored, found = redis.call('HGETALL', keys.imports()), {}
  for at = 1, #stored, 2 do
    local state = cjson.decode(stored[at + 1]).state
    if state ~= 'done' then
      found[#found + 1] = cjson.encode({ importId = stored[at], state = state })
    end
  end
  return '{"imports":' .. json.array(found) .. '}'
end

--- Answers some of what an import to be discarded still holds, so that Node can fold its words.
--- Request: { importId, limit }. Reply: { meetings: [{ row, title, details }], clients: [{ slot, name }] }
function discarding.remains(request)
  local meetings, found = {}, {}
  local list = bits.positions(keys.import_rows(request.importId), 0, request.limit)
  for at, text in ipairs(records.meeting_texts(list)) do
    -- Cut off between reserving a row and filing it: there may be no record, and not all its words may be filed.
    local meeting = text and records.decode(text) or { title = '', details = '' }
    meetings[at] = cjson.encode({ row = list[at], title = meeting.title, details = meeting.details })
  end
  for at, slot in ipairs(#list == 0 and bits.positions(keys.import_clients(request.importId), 0, request.limit) or {}) do
    found[at] = cjson.encode({ slot = slot, name = records.client(slot).name })
  end
  return '{"meetings":' .. json.array(meetings) .. ',"clients":' .. json.array(found) .. '}'
end

local function discard_meeting(import_id, each)
  if not bits.has(keys.import_rows(import_id), each.row) then
    return
  end
  local meeting = records.meeting(each.row)
  if meeting then
    index.remove(each.row, meeting, bits.values(keys.client_column(), 'u32', { each.row })[1], each.words)
    if meeting.externalId then
      external_ids.remove(meeting.externalId, each.row)
    end
    redis.call('DEL', keys.meeting(each.row))
  end
  redis.call('SETBIT', keys.staged(), each.row, 0)
  redis.call('SETBIT', keys.import_rows(import_id), each.row, 0)
end

local function discard_client(import_id, each)
  if not bits.has(keys.import_clients(import_id), each.slot) then
    return
  end
  for _, user_id in ipairs(redis.call('SMEMBERS', keys.users_of_client(each.slot))) do
    redis.call('SETBIT', keys.visible_clients(user_id), each.slot, 0)
  end
  redis.call('DEL', keys.users_of_client(each.slot))
  clients.unfile(records.client(each.slot), each.words)
  redis.call('DEL', keys.client(each.slot))
  redis.call('SETBIT', keys.import_clients(import_id), each.slot, 0)
end

-- Owners that came with the file go: without a trace when it never came in, else when nothing speaks of them.
local function discard_users(import_id, was_in)
  for _, id in ipairs(redis.call('SMEMBERS', keys.import_users(import_id))) do
    local user = records.user(id)
    if not was_in then
      users.purge(user)
    elseif users.is_unused(user) then
      users.remove(user, rows.instant())
    end
  end
end

--- Discards some of what an uncommitted or undone import left; repeating is safe.
--- Request: { importId, meetings: [{ row, words }], clients: [{ slot, words }] }. Reply: { more }
--- Failures: NOT_FOUND, CONFLICT (the import is in). Cost: some 60 writes each.
function discarding.discard(request)
  local import = failure.need(imports.load(request.importId), 'NOT_FOUND', 'import')
  failure.need(import.state == 'staging' or import.state == 'cancelled' or import.state == 'undone', 'CONFLICT', 'import')
  import.state = import.state == 'staging' and 'cancelled' or import.state
  imports.save(request.importId, import)
  for _, each in ipairs(request.meetings) do
    discard_meeting(request.importId, each)
  end
  for _, each in ipairs(request.clients) do
    discard_client(request.importId, each)
  end
  local left = redis.call('BITCOUNT', keys.import_rows(request.importId))
    + redis.call('BITCOUNT', keys.import_clients(request.importId))
  if left > 0 then
    return '{"more":true}'
  end
  discard_users(request.importId, import.state == 'undone')
  redis.call('DEL', keys.import_rows(request.importId), keys.import_clients(request.importId), keys.import_users(request.importId))
  redis.call('DEL', keys.import_updates(request.importId), keys.import_before(request.importId))
  imports.forget_viewers(request.importId)
  redis.call('HDEL', keys.imports(), request.importId)
  return '{"more":false}'
end

return discarding
