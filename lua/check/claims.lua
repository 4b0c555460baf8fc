--- What Node worked out from records holds only as long as these are as Node read them, so each request says which
--- texts it was made from. Whatever was written since is answered as stale, and no difference is told about it.
local budget = require('budget')
local json = require('json')
local keys = require('store.keys')
local pending = require('check.pending')
local bits = require('store.bits')
local records = require('store.records')

local claims = {}

--- @return table client's texts by slot, false where there is none
function claims.client_texts(slots)
  if #slots == 0 then
    return {}
  end
  local names = {}
  for at, slot in ipairs(slots) do
    names[at] = keys.client(slot)
  end
  budget.pay(#names)
  return redis.call('MGET', unpack(names))
end

--- @param request table { users: ids there are records of, also of people who are gone }
--- @return table their ids and those of users who came since
function claims.users(request)
  local ids, known = {}, {}
  for _, list in ipairs({ request.users, redis.call('SMEMBERS', keys.users()) }) do
    for _, id in ipairs(list) do
      if not known[id] then
        known[id] = true
        ids[#ids + 1] = id
      end
    end
  end
  return ids
end

--- @param numbers table ascending and near each other: reading their bytes costs less than asking for each
--- @return table 1 or 0 for each
function claims.bits(key, numbers)
  local values, first = {}, math.floor((numbers[1] or 0) / 8)
  local bytes = #numbers > 0 and redis.call('GETRANGE', key, first, math.floor(numbers[#numbers] / 8)) or ''
  budget.pay(1 + #numbers * 0.1)
  for at = 1, #numbers do
    local row = numbers[at]
    local in_byte = row % 8
    local byte = string.byte(bytes, (row - in_byte) / 8 - first + 1) or 0
    values[at] = byte == 0 and 0 or math.floor(byte / 2 ^ (7 - in_byte)) % 2
  end
  return values
end

local function is_same(text, digest)
  budget.pay(2)
  return (text and redis.sha1hex(text) or '') == digest
end

local function numbers_of(pairs_of_numbers)
  local list = {}
  for at, each in ipairs(pairs_of_numbers) do
    list[at] = each[1]
  end
  return list
end

-- Clients whose text is still the one that was read, by slot.
local function fresh_clients(request)
  local slots, fresh, stale = numbers_of(request.clients), {}, {}
  for at, text in ipairs(claims.client_texts(slots)) do
    fresh[slots[at]] = is_same(text, request.clients[at][2])
    if not fresh[slots[at]] then
      stale[#stale + 1] = slots[at]
    end
  end
  return fresh, stale
end

--- Opens a request { noun, rows: [[row or slot, SHA-1 of the text or '', slot of the client or -1]],
--- clients: [[slot, SHA-1]] }.
--- @return table { numbers, texts, holds: whether each may be judged }
--- @return string as members of a reply: stale, staleClients: to be read again, hidden: rows of imports that are not in
function claims.open(request)
  local numbers = numbers_of(request.rows)
  local is_meetings = request.noun == 'meetings'
  local texts = is_meetings and records.meeting_texts(numbers) or claims.client_texts(numbers)
  local hidden = is_meetings and bits.values(pending.rows(), 'u1', numbers) or {}
  local fresh, stale_clients = fresh_clients(request)
  local holds, stale, waiting = {}, {}, {}
  for at, text in ipairs(texts) do
    local row = request.rows[at]
    local is_fresh = is_same(text, row[2]) and (row[3] < 0 or fresh[row[3]])
    holds[at] = is_fresh and hidden[at] ~= 1
    if hidden[at] == 1 then
      waiting[#waiting + 1] = row[1]
    elseif not is_fresh then
      stale[#stale + 1] = row[1]
    end
  end
  return { numbers = numbers, texts = texts, holds = holds },
    '"stale":' .. json.list(stale) .. ',"staleClients":' .. json.list(stale_clients) .. ',"hidden":' .. json.list(waiting)
end

return claims
