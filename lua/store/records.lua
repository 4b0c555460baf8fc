--- Records as stored: JSON text. A meeting's text begins with its ids and sort keys in a fixed order, so that lists are
--- sorted and shown without decoding.
local budget = require('budget')
local json = require('json')
local keys = require('store.keys')

local records = {}

-- The end of a record; changedAt stands apart because a meeting has it among its sort keys.
local function stamps(record)
  return string.format(
    '"version":%d,"createdAt":"%s","createdBy":"%s","changedBy":"%s","deletedAt":%s}',
    record.version, record.createdAt, record.createdBy, record.changedBy, json.encode(json.value(record.deletedAt))
  )
end

local function encode_meeting(meeting)
  return table.concat({
    '{"id":"', meeting.id, '","clientId":"', meeting.clientId, '","ownerId":"', meeting.ownerId,
    '","startKey":"', meeting.startKey, '","changedAt":"', meeting.changedAt,
    '","type":"', meeting.type, '","status":"', meeting.status, '","priority":"', meeting.priority,
    '","durationMinutes":', json.encode(json.value(meeting.durationMinutes)),
    ',"titleKey":', cjson.encode(meeting.titleKey), ',"title":', cjson.encode(meeting.title),
    ',"details":', cjson.encode(meeting.details), ',"tags":', json.list(meeting.tags),
    ',"start":', cjson.encode(meeting.start),
    meeting.externalId and ',"externalId":' .. cjson.encode(meeting.externalId) or '', ',', stamps(meeting),
  })
end

--- What a meeting's text holds when it has an external id; a quotation mark inside a text would be escaped.
records.external_id_mark = ',"externalId":"'

-- Where the ids and keys of fixed length stand in a meeting's text.
local places = { id = { 8, 43 }, owner = { 107, 142 }, start = { 157, 180 }, changed = { 196, 219 } }
local after_places = 220
local short_fields = '^","type":"(%a+)","status":"(%a+)","priority":"(%a+)","durationMinutes":(%w+),"titleKey":"([^"\\]*)()'

--- @param name string id, owner (the owner's id), start or changed
--- @return string what stands there in a meeting's stored text
function records.part(text, name)
  return string.sub(text, places[name][1], places[name][2])
end

-- How many characters stand between the end of a text and that of createdAt, behind which all but the deletion has a
-- fixed length.
local id_length, instant_length = 36, 24
local behind_created = #'","createdBy":"' + id_length + #'","changedBy":"' + id_length + #'","deletedAt":null}'
local more_when_deleted = instant_length + #'""' - #'null'

--- @return string instant at which a meeting was made, of its stored text
function records.created(text)
  local last = #text - behind_created - (string.byte(text, -2) == 34 and more_when_deleted or 0)
  return string.sub(text, last - instant_length + 1, last)
end

--- @return string type, string status, string priority, string duration (minutes or `null`), string title key
function records.short_parts(text)
  local type, status, priority, duration, title_key, behind = string.match(text, short_fields, after_places)
  if string.byte(text, behind) ~= 34 then
    -- Something in the title key is escaped.
    title_key = cjson.decode(text).titleKey
  end
  return type, status, priority, duration, title_key
end

--- @return table meeting
function records.decode(text)
  budget.pay(3)
  return cjson.decode(text)
end

function records.put_meeting(row, meeting)
  local text = encode_meeting(meeting)
  redis.call('SET', keys.meeting(row), text)
  return text
end

--- @return table|nil meeting, deleted or not
function records.meeting(row)
  local text = redis.call('GET', keys.meeting(row))
  return text and records.decode(text) or nil
end

--- @param list table rows
--- @return table stored texts in the same order, false where none is
function records.meeting_texts(list)
  local texts = {}
  for from = 1, #list, 1000 do
    local names = {}
    for at = from, math.min(from + 999, #list) do
      names[#names + 1] = keys.meeting(list[at])
    end
    budget.pay(#names * 0.6)
    local some = redis.call('MGET', unpack(names))
    for at = 1, #some do
      texts[#texts + 1] = some[at]
    end
  end
  return texts
end

function records.put_client(client)
  local text = table.concat({
    '{"id":"', client.id, '","slot":', client.slot, ',"name":', cjson.encode(client.name),
    ',"nameKey":', cjson.encode(client.nameKey), ',"kind":"', client.kind, '","city":', cjson.encode(client.city),
    ',"cityKey":', cjson.encode(client.cityKey or ''), ',"ownerId":', json.encode(json.value(client.ownerId)),
    ',"notes":', cjson.encode(client.notes), ',"changedAt":"', client.changedAt, '",', stamps(client),
  })
  redis.call('SET', keys.client(client.slot), text)
  return text
end

--- @return table|nil client, deleted or not
function records.client(slot)
  local text = redis.call('GET', keys.client(slot))
  return text and records.decode(text) or nil
end

function records.put_user(user)
  local text = cjson.encode(user)
  redis.call('SET', keys.user(user.id), text)
  return text
end

--- @return table|nil user
function records.user(id)
  local text = redis.call('GET', keys.user(id))
  return text and records.decode(text) or nil
end

return records
