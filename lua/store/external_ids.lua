--- External ids: what other programs call meetings that were imported from them. An id is a hint where to look; whether
--- the meeting is there and still has it, its record says. Several meetings may have one id, where people who do not
--- see each other's clients imported it.
local keys = require('store.keys')

local external_ids = {}

--- @return table rows that had the id when they were filed, ascending by when
function external_ids.rows(id)
  local found = {}
  for row in string.gmatch(redis.call('HGET', keys.external_ids(), id) or '', '%d+') do
    found[#found + 1] = tonumber(row)
  end
  return found
end

local function write(id, list)
  if #list == 0 then
    redis.call('HDEL', keys.external_ids(), id)
  else
    redis.call('HSET', keys.external_ids(), id, table.concat(list, ' '))
  end
end

--- Files a row under an id; rows whose record is gone make room for it. A deleted meeting keeps its place: it may come back.
function external_ids.file(id, row)
  local list = {}
  for _, other in ipairs(external_ids.rows(id)) do
    if other ~= row and redis.call('EXISTS', keys.meeting(other)) == 1 then
      list[#list + 1] = other
    end
  end
  list[#list + 1] = row
  write(id, list)
end

--- Files a row under another id than before; either may be nil.
function external_ids.replace(row, before, after)
  if before ~= after and before then
    external_ids.remove(before, row)
  end
  if before ~= after and after then
    external_ids.file(after, row)
  end
end

function external_ids.remove(id, row)
  local list = {}
  for _, other in ipairs(external_ids.rows(id)) do
    if other ~= row then
      list[#list + 1] = other
    end
  end
  write(id, list)
end

return external_ids
