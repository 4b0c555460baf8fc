--- Check and repair: compares records with all that is worked out from them. Node (electron/check) reads the records and
--- says what must follow from them; here that is compared with what is kept, in one atomic call together with the records
--- it was worked out from, so that nothing written meanwhile looks like a difference. Every look `x` is two functions:
--- `check_x` tells what differs, `repair_x` looks in the same way and then puts right what it found.
local actor = require('actor')
local claims = require('check.claims')
local counters = require('check.counters')
local filed = require('check.filed')
local findings = require('check.findings')
local json = require('json')
local leftovers = require('check.leftovers')
local names = require('check.names')
local rows = require('check.rows')

local check = {}

--- By name: function(request, found) -> more members of the reply. Requests and replies stand with each.
check.looks = {
  keys = leftovers.look,
  counters = counters.look,
  ids = counters.ids,
  users = names.users,
  clients = names.clients,
  client_hash = names.hash,
  clients_by_name = names.by_name,
  rows = rows.look,
  strangers = rows.strangers,
  external_ids = rows.external_ids,
  values = filed.values,
  members = filed.members,
  totals = filed.totals,
  folded = filed.folded,
  common = filed.common,
  lexicon = filed.lexicon,
}

--- @return function(request) for administrators: { actor, ... } -> { differences: [[index, what, example, whether it can be
--- repaired]], ... }. Failures: SIGNED_OUT, NOT_ALLOWED. Cost: a few milliseconds, by what is asked for at once.
function check.told(look)
  return function(request)
    actor.administrator(request.actor)
    local found = findings.new()
    return found:answer(look(request, found))
  end
end

--- The same, and puts right what it tells. May be repeated.
function check.repaired(look)
  return function(request)
    actor.administrator(request.actor)
    local found = findings.new()
    local more = look(request, found)
    found:put_right()
    return found:answer(more)
  end
end

--- Answers clients' records as they are stored. Request: { actor, slots }. Reply: { records: [text|null] }
--- Failures: SIGNED_OUT, NOT_ALLOWED.
function check.records(request)
  actor.administrator(request.actor)
  local texts = claims.client_texts(request.slots)
  for at, text in ipairs(texts) do
    texts[at] = json.encode(text or nil)
  end
  return '{"records":' .. json.array(texts) .. '}'
end

return check
