--- A meeting's record as stored: a JSON list without names of fields, because records are most of an office's memory. It
--- begins with what has a fixed length, so that lists are sorted and shown without decoding:
---
---   id, ownerId, startKey, changedAt, createdAt, type, status, priority (places in store/values.lua), 1 or 0 for whether
---   there is an external id, slot of the client, durationMinutes, titleKey (null: the title in small ASCII letters), title,
---   details, tags, zone or day of the start (its instant is the startKey), externalId, version, createdBy, changedBy
---   (null: createdBy), deletedAt
---
--- electron/redis/meetingRecord.ts reads and writes the same.
local budget = require('budget')
local json = require('json')
local rows = require('store.rows')
local values = require('store.values')

local meeting_record = {}

local function place(field, value)
  for at, each in ipairs(values[field]) do
    if each == value then
      return at
    end
  end
end

local function of_start(start)
  return cjson.encode(start.date or start.zone)
end

--- @param meeting table as `decode` answers it
--- @param slot number of its client
--- @return string
function meeting_record.encode(meeting, slot)
  local title_key = meeting.titleKey ~= string.lower(meeting.title) and cjson.encode(meeting.titleKey) or 'null'
  local external_id = json.value(meeting.externalId)
  return table.concat({
    '["', meeting.id, '","', meeting.ownerId, '","', meeting.startKey, '","', meeting.changedAt, '","', meeting.createdAt,
    '",', place('type', meeting.type), ',', place('status', meeting.status), ',', place('priority', meeting.priority),
    ',', external_id and 1 or 0, ',', slot, ',', json.encode(json.value(meeting.durationMinutes)), ',', title_key,
    ',', cjson.encode(meeting.title), ',', cjson.encode(meeting.details), ',', json.list(meeting.tags),
    ',', of_start(meeting.start), ',', json.encode(external_id), ',', meeting.version, ',"', meeting.createdBy, '",',
    meeting.changedBy ~= meeting.createdBy and cjson.encode(meeting.changedBy) or 'null',
    ',', json.encode(json.value(meeting.deletedAt)), ']',
  })
end

--- The same with names, as the journal keeps it.
function meeting_record.named(meeting)
  local external_id = json.value(meeting.externalId)
  return table.concat({
    '{"id":"', meeting.id, '","clientId":"', meeting.clientId, '","ownerId":"', meeting.ownerId,
    '","startKey":"', meeting.startKey, '","type":"', meeting.type, '","status":"', meeting.status,
    '","priority":"', meeting.priority, '","durationMinutes":', json.encode(json.value(meeting.durationMinutes)),
    ',"titleKey":', cjson.encode(meeting.titleKey), ',"title":', cjson.encode(meeting.title),
    ',"details":', cjson.encode(meeting.details), ',"tags":', json.list(meeting.tags),
    ',"start":', cjson.encode(meeting.start), external_id and ',"externalId":' .. cjson.encode(external_id) or '',
    ',"version":', meeting.version, ',"createdAt":"', meeting.createdAt, '","createdBy":"', meeting.createdBy,
    '","changedAt":"', meeting.changedAt, '","changedBy":"', meeting.changedBy,
    '","deletedAt":', json.encode(json.value(meeting.deletedAt)), '}',
  })
end

--- @return table meeting with the contract's fields, its keys, `clientId` and `slot`
function meeting_record.decode(text)
  budget.pay(5)
  local list = cjson.decode(text)
  local is_day = string.find(list[16], '^%d') ~= nil
  return {
    id = list[1], ownerId = list[2], startKey = list[3], changedAt = list[4], createdAt = list[5],
    type = values.type[list[6]], status = values.status[list[7]], priority = values.priority[list[8]],
    slot = list[10], clientId = rows.id('clients', list[10]),
    durationMinutes = list[11], titleKey = json.value(list[12]) or string.lower(list[13]), title = list[13],
    details = list[14], tags = list[15],
    start = is_day and { date = list[16] } or { at = list[3], zone = list[16] }, externalId = json.value(list[17]),
    version = list[18], createdBy = list[19], changedBy = json.value(list[20]) or list[19], deletedAt = list[21],
  }
end

-- Where each part of fixed length begins and ends.
local places = {
  id = { 3, 38 }, owner = { 42, 77 }, start = { 81, 104 }, changed = { 108, 131 }, createdAt = { 135, 158 },
}
local ranks = { type = 161, status = 163, priority = 165 }
local flag, after_places = 167, 169

--- @param name string id, owner (the owner's id), start, changed or createdAt
function meeting_record.part(text, name)
  return string.sub(text, places[name][1], places[name][2])
end

--- @param name string type, status or priority
--- @return number place of the value among those of store/values.lua
function meeting_record.rank(text, name)
  return string.byte(text, ranks[name]) - 48
end

--- @return boolean
function meeting_record.has_external_id(text)
  return string.byte(text, flag) == 49
end

--- @return string digits of the number of the client's slot
function meeting_record.slot(text)
  return string.match(text, '^%d+', after_places)
end

--- @return number|nil minutes
function meeting_record.duration(text)
  return tonumber((string.match(text, '^%d+,(%w+)', after_places)))
end

--- @return string
function meeting_record.title_key(text)
  local mark, at = string.match(text, '^%d+,%w+,(["n])()', after_places)
  local is_title = mark == 'n'
  local key, behind = string.match(text, '^([^"\\]*)()', is_title and at + #'ull,"' or at)
  if string.byte(text, behind) ~= 34 then
    -- Something in it is escaped.
    local list = cjson.decode(text)
    key = is_title and list[13] or list[12]
  end
  return is_title and string.lower(key) or key
end

--- @return table of texts
function meeting_record.tags(text)
  budget.pay(3)
  return cjson.decode(text)[15]
end

return meeting_record
