--- Records: where they are kept, and those of clients and users as JSON text. Meetings have a form of their own, see
--- store/meeting_record.lua.
local budget = require('budget')
local json = require('json')
local keys = require('store.keys')
local meeting_record = require('store.meeting_record')

local records = {}

local function stamps(record)
  return string.format(
    '"version":%d,"createdAt":"%s","createdBy":"%s","changedBy":"%s","deletedAt":%s}',
    record.version, record.createdAt, record.createdBy, record.changedBy, json.encode(json.value(record.deletedAt))
  )
end

local function decode(text)
  budget.pay(3)
  return cjson.decode(text)
end

--- @param slot number of the meeting's client
--- @return string text as stored
function records.put_meeting(row, meeting, slot)
  local text = meeting_record.encode(meeting, slot)
  redis.call('SET', keys.meeting(row), text)
  return text
end

--- @return table|nil meeting, deleted or not
function records.meeting(row)
  local text = redis.call('GET', keys.meeting(row))
  return text and meeting_record.decode(text) or nil
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
  return text and decode(text) or nil
end

function records.put_user(user)
  local text = cjson.encode(user)
  redis.call('SET', keys.user(user.id), text)
  return text
end

--- @return table|nil user
function records.user(id)
  local text = redis.call('GET', keys.user(id))
  return text and decode(text) or nil
end

return records
