--- Records as stored: JSON text. A meeting's text begins with its three ids at fixed places, so that a list can tell
--- them without decoding.
local budget = require('budget')
local json = require('json')
local keys = require('store.keys')

local records = {}

local function stamps(record)
  return string.format(
    '"version":%d,"createdAt":"%s","createdBy":"%s","changedAt":"%s","changedBy":"%s","deletedAt":%s}',
    record.version, record.createdAt, record.createdBy, record.changedAt, record.changedBy,
    json.encode(json.value(record.deletedAt))
  )
end

local function encode_meeting(meeting)
  return table.concat({
    '{"id":"', meeting.id, '","clientId":"', meeting.clientId, '","ownerId":"', meeting.ownerId,
    '","title":', cjson.encode(meeting.title), ',"details":', cjson.encode(meeting.details),
    ',"type":"', meeting.type, '","status":"', meeting.status, '","priority":"', meeting.priority,
    '","tags":', json.list(meeting.tags), ',"start":', cjson.encode(meeting.start),
    ',"durationMinutes":', json.encode(json.value(meeting.durationMinutes)),
    ',"titleKey":', cjson.encode(meeting.titleKey), ',"startKey":"', meeting.startKey, '",', stamps(meeting),
  })
end

--- @param text string a meeting as stored
--- @return string owner's id
function records.owner_id(text)
  return string.sub(text, 107, 142)
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
    ',"notes":', cjson.encode(client.notes), ',', stamps(client),
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
