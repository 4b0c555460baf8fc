--- Meetings: list, facet values, one, create, update, delete.
local actor = require('actor')
local external_ids = require('store.external_ids')
local facets = require('query.facets')
local failure = require('failure')
local index = require('store.index')
local journal = require('store.journal')
local json = require('json')
local keys = require('store.keys')
local meeting_record = require('store.meeting_record')
local meeting_rows = require('meeting_rows')
local records = require('store.records')
local rows = require('store.rows')
local selection = require('query.selection')
local visibility = require('store.visibility')
local walk = require('query.walk')

local meetings = {}

-- Clients are kept by slot; outside they go by id.
local function encode_facet(field, found)
  local items = {}
  for at, each in ipairs(found) do
    local value = each.value
    if field == 'client' then
      value = redis.call('HGET', keys.client_ids(), value)
    end
    items[at] = string.format('{"value":%s,"label":%s,"count":%d}', cjson.encode(value), cjson.encode(each.label), each.count)
  end
  return json.array(items)
end

-- A cursor names where the last row stood: its keys and its id. Row numbers would tell how many meetings there are.
local function encode_cursor(walker, row, text)
  local place = {}
  for at, key in ipairs(walker.candidates:keys_of(row)) do
    place[at] = walker.sort[at].by == 'created' and 0 or key
  end
  return cjson.encode({ keys = place, id = meeting_record.part(text, 'id') })
end

-- Orders whose keys are ranks.
local ranked = { type = true, status = true, priority = true, relevance = true, created = true }

local function place_of(sort, cursor)
  -- Any id is a place: whether a meeting the user may not see has it does not show.
  local row = failure.need(rows.place('meetings', cursor.id), 'INVALID_INPUT', 'cursor')
  failure.need(#cursor.keys == #sort, 'INVALID_INPUT', 'cursor')
  for at, each in ipairs(sort) do
    if each.by == 'created' then
      cursor.keys[at] = row
    end
    failure.need(type(cursor.keys[at]) == (ranked[each.by] and 'number' or 'string'), 'INVALID_INPUT', 'cursor')
  end
  return { keys = cursor.keys, row = row }
end

--- Answers one page of the meetings that match and that the actor sees, with the exact total and facet counts.
--- Request: { actor, where?, words?, sort: [{ by, direction }], offset? | cursor?: { keys, id }, limit, facets }
--- Reply: { rows, ... see meeting_rows.lua, total, facets: { field: [{ value, label, count }] }, cursor: text|null }
--- Failures: SIGNED_OUT, NOT_FOUND (client, owner), INVALID_INPUT (cursor), TOO_COSTLY.
--- Cost: some BITOPs and BITCOUNTs over all rows, then the page; the same at any offset.
function meetings.filter(request)
  local user = actor.load(request.actor)
  local selected = selection.new(user, request)
  local set, total = selected:rows()
  local walker = walk.new(request.sort, selected:levels(request.sort))
  local offset = request.offset or 0
  if request.cursor then
    offset = walker:rank(set, total, place_of(request.sort, request.cursor))
  end
  local list = walker:page(set, total, offset, request.limit)
  walker.candidates:fetch(list)
  local texts = {}
  for at, row in ipairs(list) do
    texts[at] = walker.candidates.texts[row]
  end
  local counted = {}
  for at, field in ipairs(request.facets) do
    counted[at] = cjson.encode(field) .. ':' .. encode_facet(field, facets.count(field, selected, request.wide))
  end
  local cursor = 'null'
  if #list > 0 and offset + #list < total then
    cursor = encode_cursor(walker, list[#list], texts[#texts])
  end
  return '{' .. meeting_rows.encode(texts) .. ',"total":' .. total
    .. ',"facets":{' .. table.concat(counted, ',') .. '},"cursor":' .. cursor .. '}'
end

--- Answers values of a wide facet whose label has every word as a part, with counts under the same filter.
--- Request: { actor, facet, labelWords, where?, words?, limit }. Reply: { values: [{ value, label, count }] }
--- Failures: SIGNED_OUT, NOT_FOUND, TOO_COSTLY. Cost: up to one count per value of the facet.
function meetings.facet_values(request)
  local user = actor.load(request.actor)
  local found = facets.count(request.facet, selection.new(user, request), request.limit, request.labelWords)
  return '{"values":' .. encode_facet(request.facet, found) .. '}'
end

--- Answers one meeting. Request: { actor, id }. Reply: { rows: [meeting], ... } see meeting_rows.lua
--- Failures: SIGNED_OUT, NOT_FOUND. Cost: a few reads.
function meetings.get(request)
  local user = actor.load(request.actor)
  local _, row = visibility.meeting(user, request.id)
  return '{' .. meeting_rows.encode({ redis.call('GET', keys.meeting(row)) }) .. '}'
end

local function need_owner(id)
  failure.need(redis.call('SISMEMBER', keys.users(), id) == 1, 'NOT_FOUND', 'owner')
end

local function stamp(record, before, instant, user)
  record.version = before and before.version + 1 or 1
  record.createdAt, record.createdBy = before and before.createdAt or instant, before and before.createdBy or user.id
  record.changedAt, record.changedBy = instant, user.id
  record.deletedAt = nil
  return record
end

local function written(entry, text)
  return '{"entry":' .. entry .. ',' .. meeting_rows.encode({ text }) .. '}'
end

--- Writes a new meeting down.
--- Request: { actor, writeId, fields: MeetingFields with titleKey, startKey, words, tagFolds }
--- Reply: { entry, rows: [meeting], ... }. Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND.
--- Cost: some 100 small writes.
function meetings.create(request)
  local user = actor.writer(request.actor)
  local meeting, words = request.fields, request.words
  local client = visibility.client(user, meeting.clientId)
  need_owner(meeting.ownerId)
  local row, id, instant = rows.take('meetings')
  meeting.id = id
  stamp(meeting, nil, instant, user)
  local text = records.put_meeting(row, meeting, client.slot)
  index.add({ { row = row, meeting = meeting, slot = client.slot, words = words, tag_folds = request.tagFolds } }, true)
  visibility.write_meeting(row, client.slot, 1)
  local entry = journal.append({
    at = instant, by = user.id, action = 'create', noun = 'meeting', subject = id, label = meeting.title,
    client = client.id, after = meeting_record.named(meeting),
  })
  return written(entry, text)
end

--- Puts a meeting's fields in place of another's, everywhere. All checks were made.
--- @param change table { row, before, after, slots: { before, after }, words: { remove, add }, tagFolds, instant, user }
--- @return string stored text, string the same with names
function meetings.replace(change)
  local after = stamp(change.after, change.before, change.instant, change.user)
  after.id = change.before.id
  local text = records.put_meeting(change.row, after, change.slots.after)
  external_ids.replace(change.row, change.before.externalId, after.externalId)
  if change.slots.before ~= change.slots.after then
    visibility.write_meeting(change.row, change.slots.before, 0)
  end
  index.replace(change.row, {
    before = change.before, after = after, before_slot = change.slots.before, after_slot = change.slots.after,
    remove_words = change.words.remove, add_words = change.words.add, tag_folds = change.tagFolds,
  })
  visibility.write_meeting(change.row, change.slots.after, 1)
  redis.call('SETBIT', keys.touched(), change.row, 1)
  return text, meeting_record.named(after)
end

--- Replaces what is written about a meeting.
--- Request: { actor, writeId, id, version, fields, words: { remove, add }, tagFolds } where the words are what the
--- version named has and the new fields lack, and the other way round.
--- Reply: as create. Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND, CONFLICT (version). Cost: as create.
function meetings.update(request)
  local user = actor.writer(request.actor)
  local before, row = visibility.meeting(user, request.id)
  local client = visibility.client(user, request.fields.clientId)
  need_owner(request.fields.ownerId)
  failure.need(before.version == request.version and request.words, 'CONFLICT', 'version')
  local before_text = meeting_record.named(before)
  local instant = rows.instant()
  request.fields.externalId = before.externalId
  local text, after_text = meetings.replace({
    row = row, before = before, after = request.fields, instant = instant, user = user,
    slots = { before = before.slot, after = client.slot }, words = request.words, tagFolds = request.tagFolds,
  })
  local entry = journal.append({
    at = instant, by = user.id, action = 'update', noun = 'meeting', subject = request.id, label = request.fields.title,
    client = client.id, before = before_text, after = after_text,
  })
  return written(entry, text)
end

--- Takes a meeting out of every index; its record stays, with deletedAt. All checks were made.
--- @return string its record with names
function meetings.remove(row, meeting, words, instant, user)
  local slot = meeting.slot
  visibility.write_meeting(row, slot, 0)
  index.remove(row, meeting, slot, words)
  meeting.version = meeting.version + 1
  meeting.changedAt, meeting.changedBy, meeting.deletedAt = instant, user.id, instant
  redis.call('SETBIT', keys.touched(), row, 1)
  records.put_meeting(row, meeting, slot)
  return meeting_record.named(meeting)
end

--- Brings a deleted meeting back into every index. All checks were made.
--- @return string its record with names
function meetings.restore(row, meeting, slot, request, instant, user)
  meeting.version = meeting.version + 1
  meeting.changedAt, meeting.changedBy, meeting.deletedAt = instant, user.id, nil
  records.put_meeting(row, meeting, slot)
  index.add({ { row = row, meeting = meeting, slot = slot, words = request.words.add, tag_folds = request.tagFolds } }, false)
  visibility.write_meeting(row, slot, 1)
  return meeting_record.named(meeting)
end

--- Deletes a meeting. Request: { actor, writeId, id, version, words: { remove } }. Reply: { entry }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND, CONFLICT (version). Cost: as create.
function meetings.delete(request)
  local user = actor.writer(request.actor)
  local meeting, row = visibility.meeting(user, request.id)
  failure.need(meeting.version == request.version and request.words, 'CONFLICT', 'version')
  local before, instant = meeting_record.named(meeting), rows.instant()
  local after = meetings.remove(row, meeting, request.words.remove, instant, user)
  local entry = journal.append({
    at = instant, by = user.id, action = 'delete', noun = 'meeting', subject = meeting.id, label = meeting.title,
    client = meeting.clientId, before = before, after = after,
  })
  return '{"entry":' .. entry .. '}'
end

return meetings
