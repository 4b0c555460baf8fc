--- What a meeting is found by of its client: kind, city, who looks after it, and common words of its name. Each value
--- has a posting of meetings, as a meeting's own values have, so that a filter asks for it like for any other; they follow
--- the client in one call however many meetings it has. Cities and people also have postings of clients, which tell when
--- nobody speaks of them any more.
local bits = require('store.bits')
local common_words = require('store.common_words')
local json = require('json')
local keys = require('store.keys')
local postings = require('store.postings')

local client_values = {}

--- Fields of which a client has one value at most, each as the contract's conditions name it. Words are beside them.
client_values.fields = { 'clientKind', 'clientCity', 'clientOwner' }

--- Where each field's value stands in what `of` answers of a client.
client_values.place = { clientKind = 1, clientCity = 2, clientOwner = 3 }

-- Fields of clients whose values come and go, with the field their own postings have.
local own = { clientCity = 'clients_city', clientOwner = 'clients_owner' }

local function text_of(value)
  return json.value(value) or ''
end

-- In the order of the fields; an empty text is no value.
local function values_of(client)
  return { client.kind, text_of(client.city), text_of(client.ownerId) }
end

--- @param words table of the client's name
--- @return string what stands by the client's slot
function client_values.encode(client, words)
  local sorted = { unpack(words) }
  table.sort(sorted)
  return table.concat(values_of(client), '\0') .. '\0' .. table.concat(sorted, ' ')
end

local function decode(text)
  local kind, city, owner, words = string.match(text or '', '^(%Z*)%z(%Z*)%z(%Z*)%z(%Z*)$')
  local values = { kind or '', city or '', owner or '', words = {} }
  for word in string.gmatch(words or '', '[^ ]+') do
    values.words[#values.words + 1] = word
  end
  return values
end

--- @param slots table
--- @return table of each client its values in the order of the fields, '' where it has none, and `words`
function client_values.of(slots)
  local found = {}
  for from = 1, #slots, 1000 do
    local some = redis.call('HMGET', keys.client_values(), unpack(slots, from, math.min(from + 999, #slots)))
    for at = 1, #some do
      found[#found + 1] = decode(some[at])
    end
  end
  return found
end

--- Visits the values that the meetings of a client have.
function client_values.each(slot, visit)
  local values = client_values.of({ slot })[1]
  for at, field in ipairs(client_values.fields) do
    if values[at] ~= '' then
      visit(field, values[at])
    end
  end
  for _, word in ipairs(common_words.split(values.words)) do
    visit('clientWord', word)
  end
end

local function each_own(values, visit)
  for at, field in ipairs(client_values.fields) do
    if own[field] and values[at] ~= '' then
      visit(own[field], values[at])
    end
  end
end

local function file(client, words)
  redis.call('HSET', keys.client_values(), client.slot, client_values.encode(client, words))
  each_own(values_of(client), function(field, value)
    postings.add(field, value, { client.slot }, true)
  end)
  if text_of(client.city) ~= '' then
    redis.call('HSET', keys.folded('city'), client.city, client.cityKey)
  end
end

local function unfile(client)
  redis.call('HDEL', keys.client_values(), client.slot)
  each_own(values_of(client), function(field, value)
    if postings.remove(field, value, client.slot, true) and field == own.clientCity then
      redis.call('HDEL', keys.folded('city'), value)
    end
  end)
end

--- Files a client that has no meetings yet.
client_values.file = file

--- Takes a client without meetings out.
client_values.unfile = unfile

--- Files a client's new values in place of the old ones, and its meetings with them.
--- @param words table of its new name
function client_values.replace(before, after, words)
  local old, new, meetings = values_of(before), values_of(after), nil
  for at, field in ipairs(client_values.fields) do
    if old[at] ~= new[at] then
      meetings = meetings or postings.extent(postings.union('client', { before.slot }))
      if old[at] ~= '' then
        postings.remove_all(field, old[at], meetings, true)
      end
      if new[at] ~= '' then
        postings.add_all(field, new[at], meetings)
      end
    end
  end
  unfile(before)
  file(after, words)
end

-- Which of the words of some clients are common, by word.
local function common_of(all)
  local words, seen, common = {}, {}, {}
  for _, values in ipairs(all) do
    for _, word in ipairs(values.words) do
      if not seen[word] then
        seen[word], words[#words + 1] = true, word
      end
    end
  end
  for _, word in ipairs(common_words.split(words)) do
    common[word] = true
  end
  return common
end

-- Collects rows by field and value.
local function collect(groups, field, value, some)
  local name = field .. ':' .. value
  groups[name] = groups[name] or { field = field, value = value, list = {}, bytes = {} }
  local group = groups[name]
  for each = 1, some.list and #some.list or 0 do
    group.list[#group.list + 1] = some.list[each]
  end
  group.bytes[#group.bytes + 1] = some.bytes
end

--- Files rows of a segment under what their clients have.
--- @param rows_of table by slot: { list: rows } or { bytes: of a bitmap whose first bit is `row` }
--- @param row number a multiple of 8
function client_values.file_rows(rows_of, row)
  local slots, groups = {}, {}
  for slot in pairs(rows_of) do
    slots[#slots + 1] = slot
  end
  local all = client_values.of(slots)
  local common = common_of(all)
  for at, values in ipairs(all) do
    for number, field in ipairs(client_values.fields) do
      if values[number] ~= '' then
        collect(groups, field, values[number], rows_of[slots[at]])
      end
    end
    for _, word in ipairs(values.words) do
      if common[word] then
        collect(groups, 'clientWord', word, rows_of[slots[at]])
      end
    end
  end
  for _, group in pairs(groups) do
    if #group.list > 0 then
      postings.add(group.field, group.value, group.list, true)
    end
    for _, bytes in ipairs(group.bytes) do
      local some = bits.temporary()
      redis.call('SETRANGE', some, row / 8, bytes)
      postings.add_all(group.field, group.value, postings.extent(some))
    end
  end
end

return client_values
