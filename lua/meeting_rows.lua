--- Meetings as calls answer them: records as stored, and beside them what they only point to.
local bits = require('store.bits')
local json = require('json')
local keys = require('store.keys')
local meeting_record = require('store.meeting_record')

local meeting_rows = {}

local function from_hash(key, list)
  return json.list(#list == 0 and {} or redis.call('HMGET', key, unpack(list)))
end

--- @param list table rows
--- @param texts table stored text of each, false where there is nothing to show
--- @return string `"rows":[...],"clientIds":[...],"clientNames":[...],"ownerNames":[...]`
function meeting_rows.encode(list, texts)
  local slots, owners, shown = bits.values(keys.client_column(), 'u32', list), {}, {}
  for at = 1, #list do
    owners[at] = texts[at] and meeting_record.part(texts[at], 'owner') or ''
    shown[at] = texts[at] or 'null'
  end
  return '"rows":' .. json.array(shown)
    .. ',"clientIds":' .. from_hash(keys.client_ids(), slots)
    .. ',"clientNames":' .. from_hash(keys.labels('client'), slots)
    .. ',"ownerNames":' .. from_hash(keys.labels('user'), owners)
end

return meeting_rows
