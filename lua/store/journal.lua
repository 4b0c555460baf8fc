--- The journal: one entry per user action, written in the same atomic call as what it records; and the memory of write
--- ids, so that a write whose answer was lost can be asked for again.
local failure = require('failure')
local json = require('json')
local keys = require('store.keys')

local journal = {}

-- How many write ids are remembered; a repeat comes within seconds, not hundreds of writes later.
local remembered = 1024

--- @return string|nil the reply given to this write id before
function journal.repeated(actor_id, write_id)
  local stored = redis.call('HGET', keys.writes(), write_id)
  if not stored then
    return nil
  end
  -- The id is bound to whoever made it: nobody else learns what the answer was.
  failure.need(string.sub(stored, 1, 36) == actor_id, 'CONFLICT', 'writeId')
  return string.sub(stored, 37)
end

--- Remembers the reply to a write id and forgets the oldest beyond the limit.
function journal.remember(actor_id, write_id, reply)
  redis.call('HSET', keys.writes(), write_id, actor_id .. reply)
  redis.call('RPUSH', keys.write_order(), write_id)
  while redis.call('LLEN', keys.write_order()) > remembered do
    redis.call('HDEL', keys.writes(), redis.call('LPOP', keys.write_order()))
  end
end

--- @param fields table { at, by, action, noun, subject, label, client: id|nil, before, after: JSON texts }
--- @return number the entry's number
function journal.append(fields)
  local entry = redis.call('HINCRBY', keys.office(), 'entries', 1)
  local text = table.concat({
    '{"entry":', entry, ',"at":"', fields.at, '","by":"', fields.by, '","action":"', fields.action,
    '","noun":"', fields.noun, '","subject":"', fields.subject, '","label":', cjson.encode(fields.label),
    ',"client":', json.encode(fields.client), ',"before":', fields.before or 'null', ',"after":', fields.after or 'null', '}',
  })
  redis.call('XADD', keys.journal(), entry .. '-0', 'entry', text)
  return entry
end

--- @return string|nil stored text of an entry that is still in the store
function journal.entry(number)
  local found = redis.call('XRANGE', keys.journal(), number .. '-0', number .. '-0')
  return found[1] and found[1][2][2] or nil
end

return journal
