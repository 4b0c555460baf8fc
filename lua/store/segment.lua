--- Segments: thousands of new meetings whose index entries Node has made ready as bytes, so that filing them is a copy.
--- They fill rows reserved for them alone (see rows.reserve), which nobody sees before they are live. Node writes their
--- records itself: they are most of the bytes, and only passing them through Lua would cost more than all the rest.
local client_values = require('store.client_values')
local external_ids = require('store.external_ids')
local keys = require('store.keys')
local lexicon = require('store.lexicon')
local orders = require('store.orders')
local postings = require('store.postings')

local segment = {}

-- Field whose values are the words of title and details; the others keep totals.
local words = 'meetings_word'

-- Cuts a string into consecutive pieces.
local function cutter(bytes)
  local from = 1
  return function(length)
    local piece = string.sub(bytes, from, from + length - 1)
    from = from + length
    return piece
  end
end

-- Rows of a posting that are too few for a bitmap: numbers of four bytes each.
local function numbers(bytes)
  local list = {}
  for at = 1, #bytes - 3, 4 do
    list[#list + 1] = struct.unpack('>I4', bytes, at)
  end
  return list
end

--- @return string bytes of a bitmap whose first `count` bits are set
function segment.ones(count)
  local rest = count % 8
  return string.rep('\255', math.floor(count / 8)) .. (rest > 0 and string.char(256 - 2 ^ (8 - rest)) or '')
end

--- Writes the columns of a segment.
--- @param request table { row, count, orders: [[name, generation of the bounds]] }
--- @param slots string u32 of each meeting's client
--- @param codes string slices by order, each `count` bits in whole bytes
--- @param recode function(order, rows) for an order whose bounds are no longer those the codes were made from
function segment.write_columns(request, slots, codes, recode)
  redis.call('SETRANGE', keys.client_column(), request.row * 4, slots)
  local slice, width, list = cutter(codes), math.ceil(request.count / 8), {}
  for at = 1, request.count do
    list[at] = request.row + at - 1
  end
  for _, each in ipairs(request.orders) do
    local order = each[1]
    if not orders.fill(order, each[2], request.row, list, slice(width * orders.slices)) then
      recode(order, list)
    end
  end
end

--- Files some postings of a segment.
--- @param request table { row, count, postings: [[field, value, count, flags]], tagFolds: { tag: folded },
--- externalIds: { id: row } }; flags: 1 the
--- rows are a bitmap in `dense` (else numbers in `lists`), 2 an earlier segment of the import had the value
function segment.write_postings(request, dense, lists)
  local row, width, fresh_words = request.row, math.ceil(request.count / 8), {}
  local next_bitmap, next_list = cutter(dense), cutter(lists)
  local totals, by_client = {}, {}
  for _, each in ipairs(request.postings) do
    local field, value, count, flags = each[1], each[2], each[3], each[4]
    local is_word, is_new = field == words, false
    local some = flags % 2 == 1 and { bytes = next_bitmap(width) } or { list = numbers(next_list(count * 4)) }
    if some.bytes then
      is_new = postings.fill(field, value, row, some.bytes)
    elseif flags >= 2 then
      postings.extend(field, value, some.list)
    else
      is_new = postings.add(field, value, some.list, false)
    end
    if field == 'client' then
      by_client[value] = some
    end
    if not is_word then
      totals[field] = totals[field] or { values = {}, counts = {} }
      local of_field, at = totals[field], #totals[field].values + 1
      of_field.values[at], of_field.counts[at] = value, count
    elseif is_new then
      fresh_words[#fresh_words + 1] = value
    end
  end
  for field, of_field in pairs(totals) do
    postings.add_totals(field, of_field.values, of_field.counts)
  end
  client_values.file_rows(by_client, row)
  lexicon.file('meetings', fresh_words)
  for tag, fold in pairs(request.tagFolds) do
    redis.call('HSET', keys.folded('tag'), tag, fold)
  end
  for id, external_row in pairs(request.externalIds) do
    external_ids.file(id, external_row)
  end
end

return segment
