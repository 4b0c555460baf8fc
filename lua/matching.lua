--- Matching: what an import asks of the meetings that are there, to tell which of them its rows speak of. All of it is
--- trimmed to what the importing user sees.
local actor = require('actor')
local bits = require('store.bits')
local external_ids = require('store.external_ids')
local json = require('json')
local meeting_record = require('store.meeting_record')
local meeting_rows = require('meeting_rows')
local postings = require('store.postings')
local records = require('store.records')
local visibility = require('store.visibility')

local matching = {}

--- Answers by what the meetings of some clients are told apart, beside their client.
--- Request: { actor, clients: [slot], after: row|-1, limit }
--- Reply: { meetings: [[row, slot, startKey, titleKey, whether it has an external id]], after: row|null when that is all }
--- Failures: SIGNED_OUT, NOT_ALLOWED. Cost: one read a meeting.
function matching.identities(request)
  local user = actor.importer(request.actor)
  local own = postings.union('client', request.clients)
  local list = bits.positions(bits.intersect(own, visibility.meetings(user)), request.after + 1, request.limit)
  local found = {}
  for at, text in ipairs(records.meeting_texts(list)) do
    found[at] = '[' .. list[at] .. ',' .. meeting_record.slot(text) .. ',"' .. meeting_record.part(text, 'start') .. '",'
      .. cjson.encode(meeting_record.title_key(text)) .. ',' .. tostring(meeting_record.has_external_id(text)) .. ']'
  end
  local after = #list == request.limit and list[#list] or nil
  return '{"meetings":' .. json.array(found) .. ',"after":' .. json.encode(after) .. '}'
end

--- Answers which meeting has each external id. Request: { actor, ids: [text] }. Reply: { rows: [row, -1 for none] }
--- Failures: SIGNED_OUT, NOT_ALLOWED. Cost: one read an id.
function matching.external(request)
  local seen, found = visibility.meetings(actor.importer(request.actor)), {}
  for at, id in ipairs(request.ids) do
    found[at] = -1
    for _, row in ipairs(external_ids.rows(id)) do
      -- Of several the first one, as of several clients with one name.
      if found[at] < 0 and bits.has(seen, row) and records.meeting(row).externalId == id then
        found[at] = row
      end
    end
  end
  return '{"rows":' .. json.array(found) .. '}'
end

--- Answers some meetings as stored. Request: { actor, rows }
--- Reply: { rows: [meeting as stored|null when it is not there, or no longer], ... see meeting_rows.lua }
--- Failures: SIGNED_OUT, NOT_ALLOWED. Cost: one read a row.
function matching.records(request)
  local seen = bits.values(visibility.meetings(actor.importer(request.actor)), 'u1', request.rows)
  local texts = records.meeting_texts(request.rows)
  for at = 1, #texts do
    texts[at] = texts[at] and seen[at] == 1 and texts[at]
  end
  return '{' .. meeting_rows.encode(texts) .. '}'
end

return matching
