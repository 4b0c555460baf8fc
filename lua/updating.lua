--- Updating: meetings that are there and that a file says something new about. Updates are staged like new meetings and
--- made when the import comes in: the first ones in the call that shows it, the others in bounded calls right after,
--- which go on after a crash. What was there before stays by, so that the import can be taken back as a whole.
local bits = require('store.bits')
local failure = require('failure')
local journal = require('store.journal')
local json = require('json')
local keys = require('store.keys')
local meeting_record = require('store.meeting_record')
local meetings = require('meetings')
local postings = require('store.postings')
local records = require('store.records')
local rows = require('store.rows')
local staging = require('staging')
local store = require('store.imports')
local users = require('users')
local visibility = require('store.visibility')

local updating = {}

-- Updates one call makes: some 100 microseconds each.
local per_call = 1000

--- Stages updates. Request: { actor, importId, step, updates: [{ row, version, slot: of the client afterwards,
--- fields: MeetingFields with titleKey, startKey, externalId; words: { remove, add }, tagFolds, tagFoldsBefore }] }
--- Reply: {}. Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (import, meeting, client, owner), CONFLICT.
function updating.stage(request)
  local user, import, repeated = staging.open(request)
  if repeated then
    return repeated
  end
  local seen = visibility.meetings(user)
  for _, each in ipairs(request.updates) do
    failure.need(bits.has(seen, each.row), 'NOT_FOUND', 'meeting')
    staging.need_client(user, request.importId, each.slot)
    staging.need_user(request.importId, each.fields.ownerId, 'owner')
  end
  for _, each in ipairs(request.updates) do
    redis.call('RPUSH', keys.import_updates(request.importId), cjson.encode(each))
  end
  return staging.close(import, request, '{}')
end

--- @return number how many updates wait
function updating.count(import_id)
  return redis.call('LLEN', keys.import_updates(import_id))
end

-- The meeting as it stands, or nil unless it is seen and has that version, and its next client is there.
local function unchanged(row, version, slot)
  local meeting = bits.has(keys.live(), row) and bits.has(keys.live_clients(), slot) and records.meeting(row)
  if meeting and meeting.version == version then
    return meeting
  end
end

-- Puts other fields in place of a meeting's and writes it down in the journal.
local function replace(row, before, change, user, instant)
  local before_text = meeting_record.named(before)
  local _, after_text = meetings.replace({
    row = row, before = before, after = change.fields, instant = instant, user = user,
    slots = { before = before.slot, after = change.slot }, words = change.words, tagFolds = change.tagFolds,
  })
  journal.append({
    at = instant, by = user.id, action = 'update', noun = 'meeting', subject = before.id, label = change.fields.title,
    client = change.fields.clientId, before = before_text, after = after_text,
  })
end

local function make(import_id, each, before, user, instant)
  redis.call('HSET', keys.import_before(import_id), each.row, cjson.encode({
    before = meeting_record.named(before), version = before.version + 1, slot = before.slot, tagFolds = each.tagFoldsBefore,
    words = { remove = each.words.add, add = each.words.remove },
  }))
  each.fields.externalId = json.value(each.fields.externalId)
  replace(each.row, before, each, user, instant)
end

--- @param counts of an import, as its journal entry has them
--- @return number of records that came in with it; meetings it changed have entries of their own
function updating.records(counts)
  return math.max(1, counts.meetings + counts.newClients + counts.newUsers)
end

-- Writes the import itself down, after its updates: they may be more than the journal keeps in the store, and only what
-- is still there can be taken back.
local function write_down(import_id, import, instant)
  import.entry = journal.append({
    at = instant, by = import.by, action = 'import', noun = 'import', subject = import_id, label = import.label,
    after = cjson.encode(import.counts),
  })
  import.records = updating.records(import.counts)
  import.counts = nil
end

--- Makes some of the updates that wait, and writes the import down after the last ones; those whose meeting was changed
--- meanwhile are left out and counted.
--- @param import table whose `updated` and `left` are counted up, and whose state says whether more wait; the caller saves it
function updating.make_some(import_id, import, instant)
  local user = records.user(import.by)
  import.updated, import.left = import.updated or 0, import.left or 0
  local waiting = redis.call('LPOP', keys.import_updates(import_id), per_call) or {}
  for _, encoded in ipairs(waiting) do
    local each = cjson.decode(encoded)
    local before = unchanged(each.row, each.version, each.slot)
    if before then
      make(import_id, each, before, user, instant)
      import.updated = import.updated + 1
    else
      import.left = import.left + 1
    end
  end
  import.state = updating.count(import_id) > 0 and 'applying' or 'done'
  if import.state == 'done' then
    write_down(import_id, import, instant)
  end
end

-- Visits what is kept of meetings before they were updated.
local function each_before(import_id, most, visit)
  local cursor, visited = '0', 0
  repeat
    local reply = redis.call('HSCAN', keys.import_before(import_id), cursor, 'COUNT', 200)
    cursor = reply[1]
    for at = 1, #reply[2], 2 do
      visit(tonumber(reply[2][at]), cjson.decode(reply[2][at + 1]))
      visited = visited + 1
    end
  until cursor == '0' or visited >= most
end

--- Fails with CONFLICT unless every update of the import can be taken back. Cost: some reads an update.
--- @return function(user, instant) that takes back the first ones; see `updating.take_back_some`
function updating.prepare_taking_back(import_id, import)
  local owners = {}
  each_before(import_id, math.huge, function(row, kept)
    failure.need(unchanged(row, kept.version, kept.slot), 'CONFLICT', 'touched')
    local owner = cjson.decode(kept.before).ownerId
    owners[owner] = owners[owner] or users.bring_back(owner)
  end)
  return function(user, instant)
    for _, bring_back in pairs(owners) do
      bring_back()
    end
    import.undoneBy = user.id
    updating.take_back_some(import_id, import, instant)
  end
end

-- Clients that came with the file go when no update is left with them, unless somebody changed them or gave them other
-- meetings since.
local function hide_clients(import_id)
  for _, slot in ipairs(bits.positions(keys.import_clients(import_id), 0, math.huge)) do
    if records.client(slot).version > 1 or postings.count('client', slot, keys.live()) > 0 then
      redis.call('SETBIT', keys.import_clients(import_id), slot, 0)
    else
      visibility.hide_client(slot)
    end
  end
end

--- Takes some of the updates back, and hides the clients of the import after the last ones. Its new meetings are hidden
--- before. Updates whose meeting was changed meanwhile stay.
--- @param import table whose state says whether more wait; the caller saves it
function updating.take_back_some(import_id, import, instant)
  local user = records.user(import.undoneBy)
  each_before(import_id, per_call, function(row, kept)
    local now = unchanged(row, kept.version, kept.slot)
    local fields = cjson.decode(kept.before)
    if now and redis.call('SISMEMBER', keys.users(), fields.ownerId) == 1 then
      replace(row, now, { fields = fields, slot = kept.slot, words = kept.words, tagFolds = kept.tagFolds }, user, instant)
    end
    redis.call('HDEL', keys.import_before(import_id), row)
  end)
  import.state = redis.call('EXISTS', keys.import_before(import_id)) == 1 and 'restoring' or 'undone'
  if import.state == 'undone' then
    hide_clients(import_id)
  end
end

--- Goes on with an import whose updates are not all made, or not all taken back.
--- Request: { importId }
--- Reply: { state, updated, left, entry: the journal's, records: of that entry; both absent while updates are left }
--- Failures: NOT_FOUND. Cost: some 100 ms.
function updating.settle(request)
  local import = failure.need(store.load(request.importId), 'NOT_FOUND', 'import')
  if import.state == 'applying' then
    updating.make_some(request.importId, import, rows.instant())
  elseif import.state == 'restoring' then
    updating.take_back_some(request.importId, import, rows.instant())
  end
  store.save(request.importId, import)
  return cjson.encode({
    state = import.state, updated = import.updated or 0, left = import.left or 0, entry = import.entry, records = import.records,
  })
end

return updating
