--- What the store keeps of each meeting's row beside its postings: whether it exists, who sees it, its client, its codes,
--- its ids. Worked out from the records of the meeting and its client.
local bits = require('store.bits')
local budget = require('budget')
local claims = require('check.claims')
local external_ids = require('store.external_ids')
local filed = require('check.filed')
local json = require('json')
local keys = require('store.keys')
local orders = require('store.orders')
local pending = require('check.pending')
local meeting_record = require('store.meeting_record')

local rows = {}

-- Clients of the request by slot: their sort key, whether they are there for people, and who of these sees them.
local function clients_of(request)
  local slots, found = {}, {}
  for at, each in ipairs(request.clients) do
    slots[at] = each[1]
  end
  local hidden = bits.values(pending.clients(), 'u1', slots)
  for at, text in ipairs(claims.client_texts(slots)) do
    if text then
      local client, viewers = cjson.decode(text), {}
      budget.pay(3)
      for _, user_id in ipairs(redis.call('SMEMBERS', keys.users_of_client(slots[at]))) do
        viewers[user_id] = true
      end
      local is_there = not json.value(client.deletedAt) and hidden[at] == 0
      found[slots[at]] = { key = client.nameKey, is_there = is_there, viewers = viewers }
    end
  end
  return found
end

-- What the claims can be judged by: [{ row, meeting or nil, slot, client or nil, is_live }], and `numbers` of the rows.
local function judged(request, claimed)
  local clients, list = clients_of(request), { numbers = {} }
  for at, row in ipairs(claimed.numbers) do
    if claimed.holds[at] then
      local text = claimed.texts[at]
      local meeting = text and meeting_record.decode(text) or nil
      local is_filed = meeting ~= nil and not json.value(meeting.deletedAt)
      local slot = request.rows[at][3]
      local client = is_filed and clients[slot] or nil
      list.numbers[#list + 1] = row
      list[#list + 1] = {
        row = row, meeting = meeting, slot = slot, client = client, is_live = client ~= nil and client.is_there,
      }
    end
  end
  return list
end

local function set_bit(key, row, value)
  return function()
    redis.call('SETBIT', key, row, value)
  end
end

-- Compares one bitmap with what `expect` answers of each row.
local function compare_bits(index, key, list, found, expect)
  local values = claims.bits(key, list.numbers)
  for at, each in ipairs(list) do
    local expected = expect(each) and 1 or 0
    if expected ~= values[at] then
      found:compare(index, expected, values[at], each.row, set_bit(key, each.row, expected))
    end
  end
end

local function compare_visibility(list, user_ids, found)
  compare_bits('live', keys.live(), list, found, function(each)
    return each.is_live
  end)
  for _, user_id in ipairs(user_ids) do
    compare_bits('visible', keys.visible(user_id), list, found, function(each)
      return each.is_live and each.client.viewers[user_id]
    end)
  end
  compare_bits('touched', keys.touched(), list, found, function(each)
    return each.meeting ~= nil and each.meeting.version > 1
  end)
end

local function compare_column(list, numbers, found)
  local slots = bits.values(keys.client_column(), 'u32', numbers)
  for at, each in ipairs(list) do
    if slots[at] ~= each.slot then
      found:add('client_column', 'wrong', each.row, function()
        redis.call('BITFIELD', keys.client_column(), 'SET', 'u32', '#' .. each.row, each.slot)
      end)
    end
  end
end

local function compare_order(order, list, numbers, found)
  local generation, codes = orders.generation(order), {}
  for number = 0, orders.slices - 1 do
    local values, weight = claims.bits(keys.slice(order, generation, number), numbers), 2 ^ number
    for at = 1, #values do
      codes[at] = (codes[at] or 0) + values[at] * weight
    end
  end
  for at, each in ipairs(list) do
    budget.pay(2)
    local code = orders.code(order, generation, orders.key(order, each.meeting, each.client.key))
    if code ~= codes[at] then
      found:add('order:' .. order, 'wrong', each.row, function()
        orders.write_code(order, generation, each.row, nil, code)
      end)
    end
  end
end

local function compare_external_ids(list, found)
  for _, each in ipairs(list) do
    local id, is_found = json.value(each.meeting.externalId), false
    for _, row in ipairs(id and external_ids.rows(id) or {}) do
      is_found = is_found or row == each.row
    end
    if id and not is_found then
      found:add('external_ids', 'missing', id, function()
        external_ids.file(id, each.row)
      end)
    end
  end
end

--- Looks at some meetings, and at the postings their values belong in.
--- Request: as claims.open, and { postings: as filed.look }. Rows nobody has a record of may be among them.
--- @return string as claims.open
function rows.look(request, found)
  local claimed, told = claims.open(request)
  local list, filed_list, numbers = judged(request, claimed), {}, {}
  compare_visibility(list, claims.users(request), found)
  for _, each in ipairs(list) do
    if each.client then
      filed_list[#filed_list + 1] = each
      numbers[#numbers + 1] = each.row
    end
  end
  compare_column(filed_list, numbers, found)
  for order in pairs(orders.sliced) do
    compare_order(order, filed_list, numbers, found)
  end
  compare_external_ids(filed_list, found)
  filed.look(request.postings, claimed, 1, found)
  return told
end

--- Looks whether rows or slots are in postings they do not belong in. Request: as rows.look. Reply: as rows.look.
function rows.strangers(request, found)
  local claimed, told = claims.open(request)
  filed.look(request.postings, claimed, 0, found)
  return told
end

-- The id a row's record has: nil when there is no record, false when it cannot be read.
local function external_id_of(row)
  local text = redis.call('GET', keys.meeting(row))
  local is_read, meeting = pcall(meeting_record.decode, text or '')
  budget.pay(8)
  if text then
    return is_read and json.value(meeting.externalId) or false, is_read
  end
  return nil, true
end

-- Whether a list of rows names each once, and none whose record has another id. A record that is gone is no fault.
local function is_right(id, list)
  local seen = {}
  for _, row in ipairs(list) do
    local own, is_read = external_id_of(row)
    if seen[row] or is_read and own ~= nil and own ~= id then
      return false
    end
    seen[row] = true
  end
  return true
end

--- Looks for external ids that name rows whose record has another one. Request: { cursor }
function rows.external_ids(request, found)
  local reply = redis.call('HSCAN', keys.external_ids(), request.cursor, 'COUNT', 100)
  for at = 1, #reply[2], 2 do
    local id = reply[2][at]
    if not is_right(id, external_ids.rows(id)) then
      found:add('external_ids', 'wrong', id, function()
        for _, row in ipairs(external_ids.rows(id)) do
          external_ids.remove(id, row)
          if external_id_of(row) == id then
            external_ids.file(id, row)
          end
        end
      end)
    end
  end
  return '"cursor":"' .. reply[1] .. '"'
end

return rows
