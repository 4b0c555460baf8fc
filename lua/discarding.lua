--- Discarding: what imports leave that never came in, or were taken back. Nobody sees any of it. Few rows go one by one;
--- many go posting by posting, all rows of the import at once, and then their records. Each call is short and may be
--- repeated; cut off anywhere, discarding begins again and finds less to do.
local bits = require('store.bits')
local budget = require('budget')
local clients = require('clients')
local external_ids = require('store.external_ids')
local failure = require('failure')
local imports = require('store.imports')
local index = require('store.index')
local json = require('json')
local keys = require('store.keys')
local lexicon = require('store.lexicon')
local meeting_record = require('store.meeting_record')
local postings = require('store.postings')
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

-- An import that is not in. Nothing can be staged for it any more.
local function discardable(id)
  local import = failure.need(imports.load(id), 'NOT_FOUND', 'import')
  failure.need(import.state == 'staging' or import.state == 'cancelled' or import.state == 'undone', 'CONFLICT', 'import')
  if import.state == 'staging' then
    import.state = 'cancelled'
    imports.save(id, import)
  end
  return import
end

-- Fields whose postings meetings stand in, with totals; beside them there are words.
local fields = { 'type', 'status', 'priority', 'owner', 'client', 'tag', 'clientKind', 'clientCity', 'clientOwner', 'clientWord' }
local word_field = 'meetings_word'

-- Microseconds of one row that goes by itself, and of one posting that is looked at. A word has some seven entries.
local row_cost, posting_cost, entries_of_word = 140, 8, 7

--- Tells how the rows of an import go with the least work: row by row, or out of all postings and then their records.
--- Request: { importId }. Reply: { by: rows | postings | records (they are in no posting any more) }
--- Failures: NOT_FOUND, CONFLICT (the import is in). Cost: a few reads.
function discarding.begin(request)
  local import = discardable(request.importId)
  if import.swept then
    return '{"by":"records"}'
  end
  local values = redis.call('ZCARD', keys.lexicon('meetings')) / entries_of_word
  for _, field in ipairs(fields) do
    values = values + redis.call('ZCARD', keys.totals(field))
  end
  local by_rows = redis.call('BITCOUNT', keys.import_rows(request.importId)) * row_cost
  return by_rows > values * posting_cost and '{"by":"postings"}' or '{"by":"rows"}'
end

--- Answers values that meetings have, some at a time: a value that is there all the while is answered at least once.
--- Request: { field?: of the values, the first one if none is named, after?: as answered before }
--- Reply: { field, values, next: { field, after }|null }. Cost: a few milliseconds.
function discarding.values(request)
  local field, after = request.field or fields[1], json.value(request.after)
  if field == word_field then
    local words, last = lexicon.walk('meetings', after, 2000)
    local following = last and cjson.encode({ field = field, after = last }) or 'null'
    return '{"field":"' .. field .. '","values":' .. json.list(words) .. ',"next":' .. following .. '}'
  end
  local found, values = redis.call('ZSCAN', keys.totals(field), after or '0', 'COUNT', 1000), {}
  for at = 1, #found[2], 2 do
    values[#values + 1] = found[2][at]
  end
  local following = { field = field, after = found[1] }
  if found[1] == '0' then
    following = { field = word_field }
    for at = 1, #fields - 1 do
      following.field = fields[at] == field and fields[at + 1] or following.field
    end
  end
  return '{"field":"' .. field .. '","values":' .. json.list(values) .. ',"next":' .. cjson.encode(following) .. '}'
end

--- Takes all rows of an import out of some postings. Request: { importId, field, values, most: microseconds, about }
--- Reply: { swept: how many of the values }. Failures: NOT_FOUND, CONFLICT (the import is in).
function discarding.sweep(request)
  discardable(request.importId)
  local some, swept, field, emptied = postings.extent(keys.import_rows(request.importId)), 0, request.field, {}
  while some.count > 0 and swept < #request.values and budget.spent() < request.most do
    swept = swept + 1
    if postings.remove_all(field, request.values[swept], some, field ~= word_field) then
      emptied[#emptied + 1] = request.values[swept]
      budget.pay(15)
    end
  end
  if field == word_field then
    lexicon.unfile('meetings', emptied)
  elseif field == 'tag' and #emptied > 0 then
    redis.call('HDEL', keys.folded('tag'), unpack(emptied))
  end
  return '{"swept":' .. (some.count > 0 and swept or #request.values) .. '}'
end

--- Removes records of an import's rows, which are in no posting any more; after the last one the import has no rows.
--- Request: { importId, from: row, limit: of rows }. Reply: { next: row|null }. Failures: NOT_FOUND, CONFLICT (the
--- import is in). Cost: some four microseconds a row.
function discarding.unlink(request)
  local import, rows_key = discardable(request.importId), keys.import_rows(request.importId)
  if not import.swept then
    import.swept = true
    imports.save(request.importId, import)
  end
  local list, names = bits.positions(rows_key, request.from, request.limit), {}
  for at, text in ipairs(records.meeting_texts(list)) do
    names[at] = keys.meeting(list[at])
    if text and meeting_record.has_external_id(text) then
      external_ids.remove(meeting_record.decode(text).externalId, list[at])
    end
  end
  if #names > 0 then
    redis.call('UNLINK', unpack(names))
  end
  if #list == request.limit then
    return '{"next":' .. list[#list] + 1 .. '}'
  end
  bits.remove_all(keys.staged(), rows_key)
  redis.call('DEL', rows_key)
  return '{"next":null}'
end

--- Answers some of what an import to be discarded still holds, so that Node can fold its words.
--- Request: { importId, limit }. Reply: { meetings: [{ row, title, details }], clients: [{ slot, name }] }
function discarding.remains(request)
  local meetings, found = {}, {}
  local list = bits.positions(keys.import_rows(request.importId), 0, request.limit)
  for at, text in ipairs(records.meeting_texts(list)) do
    -- Cut off between reserving a row and filing it: there may be no record, and not all its words may be filed.
    local meeting = text and meeting_record.decode(text) or { title = '', details = '' }
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
    index.remove(each.row, meeting, meeting.slot, each.words)
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

--- Takes owners that came with an import out of the office at once when only its meetings speak of them, others when it
--- is discarded and nothing does. For one just taken back.
function discarding.release_users(import_id)
  for _, id in ipairs(redis.call('SMEMBERS', keys.import_users(import_id))) do
    local total = tonumber(redis.call('ZSCORE', keys.totals('owner'), id) or 0)
    local user = records.user(id)
    if users.is_untouched(user) and postings.count('owner', id, keys.import_rows(import_id)) == total then
      users.remove(user, rows.instant())
      redis.call('SREM', keys.import_users(import_id), id)
    end
  end
end

-- Owners that came with the file go: without a trace when it never came in, else when nothing speaks of them any more.
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
  local import = discardable(request.importId)
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
  imports.forget(request.importId)
  return '{"more":false}'
end

return discarding
