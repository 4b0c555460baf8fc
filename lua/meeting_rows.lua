--- Meetings as calls answer them: records as stored, and beside them what they only point to.
local json = require('json')
local keys = require('store.keys')
local meeting_record = require('store.meeting_record')

local meeting_rows = {}

-- Each value once: neighbours in a list often share their client, and there are few owners.
local function distinct(texts, read)
  local list, seen = {}, {}
  for at = 1, #texts do
    local value = texts[at] and read(texts[at])
    if value and not seen[value] then
      seen[value], list[#list + 1] = true, value
    end
  end
  return list
end

local function from_hash(key, list)
  return json.list(#list == 0 and {} or redis.call('HMGET', key, unpack(list)))
end

local function owner(text)
  return meeting_record.part(text, 'owner')
end

--- @param texts table stored text of each row, false where there is nothing to show
--- @return string `"rows":[...],"slots":[...],"clientIds":[...],"clientNames":[...],"owners":[...],"ownerNames":[...]`:
--- id and name of the client in each slot, and name of each owner, of those that the rows point to
function meeting_rows.encode(texts)
  local slots, owners, shown = distinct(texts, meeting_record.slot), distinct(texts, owner), {}
  for at = 1, #texts do
    shown[at] = texts[at] or 'null'
  end
  return '"rows":' .. json.array(shown)
    .. ',"slots":' .. json.array(slots)
    .. ',"clientIds":' .. from_hash(keys.client_ids(), slots)
    .. ',"clientNames":' .. from_hash(keys.labels('client'), slots)
    .. ',"owners":' .. json.list(owners)
    .. ',"ownerNames":' .. from_hash(keys.labels('user'), owners)
end

return meeting_rows
