--- Postings, totals, words and folded values, as Node worked them out from records.
--- A posting is named [field, value, kind], where kind is `totals`, `words` or `plain`.
local bits = require('store.bits')
local budget = require('budget')
local claims = require('check.claims')
local common_words = require('store.common_words')
local json = require('json')
local keys = require('store.keys')
local lexicon = require('store.lexicon')
local pending = require('check.pending')
local postings = require('store.postings')

local filed = {}

local function form_of(field, value)
  return redis.call('TYPE', keys.posting(field, value)).ok
end

local function noun_of(field)
  return string.match(field, '^(%a+)_word$')
end

-- Fields whose postings hold slots, not rows.
local function is_of_clients(field)
  return string.find(field, '^clients_') ~= nil
end

-- Fields whose values are kept folded, too, and under which noun.
local folded_as = { tag = 'tag', clients_city = 'city' }

-- 1 or 0 for each row, whether the posting has it.
local function has_each(field, value, list)
  budget.pay(2 + #list * 0.3)
  local key, form = keys.posting(field, value), form_of(field, value)
  if form == 'string' then
    return claims.bits(key, list)
  end
  return form == 'set' and redis.call('SMISMEMBER', key, unpack(list)) or {}
end

-- Makes total and folded tag agree with a posting of a field that keeps totals.
local function settle(field, value)
  local rows = postings.size(field, value)
  if rows > 0 then
    redis.call('ZADD', keys.totals(field), rows, value)
    return
  end
  redis.call('ZREM', keys.totals(field), value)
  redis.call('DEL', keys.posting(field, value))
  if folded_as[field] then
    redis.call('HDEL', keys.folded(folded_as[field]), value)
  end
end

-- Makes a posting have a row, or not have it, and what follows from that agree.
local function put_right(field, value, kind, row, expected)
  return function()
    if kind == 'words' and expected == 1 then
      lexicon.add(noun_of(field), value, { row })
    elseif kind == 'words' then
      lexicon.remove(noun_of(field), { value }, row)
    elseif expected == 1 then
      postings.add(field, value, { row }, false)
    else
      postings.remove(field, value, row, false)
    end
    if kind == 'totals' then
      settle(field, value)
    end
  end
end

--- Looks whether rows are, or are not, in postings.
--- @param named table [[field, value, kind, [places in the claims' numbers]]]
--- @param expected number 1: they must be in, 0: they must not be
function filed.look(named, claimed, expected, found)
  for _, each in ipairs(named) do
    local field, value, kind, list = each[1], each[2], each[3], {}
    local is_kept = field ~= 'clientWord' or common_words.has(value)
    for _, place in ipairs(is_kept and each[4] or {}) do
      if claimed.holds[place + 1] then
        list[#list + 1] = claimed.numbers[place + 1]
      end
    end
    local present = #list > 0 and has_each(field, value, list) or {}
    for at, row in ipairs(list) do
      local is_in = present[at] or 0
      if is_in ~= expected then
        found:compare('posting:' .. field, expected, is_in, value .. ', ' .. row, put_right(field, value, kind, row, expected))
      end
    end
  end
end

-- Rows of a posting without those of imports that are not in.
local function count_shown(field, value, hidden)
  if is_of_clients(field) or not hidden then
    return postings.size(field, value)
  end
  local key = keys.posting(field, value)
  if form_of(field, value) == 'string' then
    return bits.count(bits.without(key, bits.intersect(key, hidden)))
  end
  local list = redis.call('SMEMBERS', key)
  return #list - (#list > 0 and bits.count_of(hidden, list) or 0)
end

local function check_lexicon(field, value, found)
  local noun, missing = noun_of(field), false
  lexicon.each_entry(value, function(entry)
    budget.pay(1)
    missing = missing or not redis.call('ZSCORE', keys.lexicon(noun), entry)
  end)
  if missing then
    found:add('lexicon:' .. noun, 'missing', value, function()
      lexicon.file(noun, { value })
    end)
  end
end

local function check_common(word, found)
  if common_words.must_be(word) and not common_words.has(word) then
    found:add('common_words', 'missing', word, function()
      common_words.begin(word)
    end)
  end
end

--- Looks for common words that no client has.
function filed.common(_, found)
  for _, word in ipairs(redis.call('SMEMBERS', keys.common_words())) do
    budget.pay(2)
    if postings.size('clients_word', word) == 0 then
      found:add('common_words', 'surplus', word, function()
        common_words.finish(word)
      end)
    end
  end
  return '"cursor":"0"'
end

--- Looks at some postings as wholes: their total, whether their word is found, how their tag is folded.
--- Request: { postings: [[field, value, kind, folded form of a tag or city, how many rows more it must have than it has, else 0]] }
--- @return string counts: rows of each, without those of imports that are not in
function filed.values(request, found)
  local hidden, counts = pending.rows(), {}
  hidden = redis.call('BITPOS', hidden, 1) >= 0 and hidden or nil
  for at, each in ipairs(request.postings) do
    budget.pay(4)
    local field, value, kind = each[1], each[2], each[3]
    counts[at] = count_shown(field, value, hidden)
    if field == 'clients_word' then
      check_common(value, found)
    end
    local is_for_nobody = (each[5] or 0) < 0 and postings.size(field, value) + each[5] <= 0
    if kind == 'words' and not is_for_nobody and redis.call('EXISTS', keys.posting(field, value)) == 1 then
      check_lexicon(field, value, found)
    elseif kind == 'totals' then
      local rows = postings.size(field, value) + (each[5] or 0)
      local total = tonumber(redis.call('ZSCORE', keys.totals(field), value) or 0)
      found:compare('totals:' .. field, rows, total, value, function()
        settle(field, value)
      end)
      local noun = folded_as[field]
      if noun and rows > 0 then
        found:compare('folded:' .. noun, each[4], redis.call('HGET', keys.folded(noun), value), value, function()
          redis.call('HSET', keys.folded(noun), value, each[4])
        end)
      end
    end
  end
  return '"counts":' .. json.list(counts)
end

--- Looks for totals of values that no row has. Request: { field, cursor }
function filed.totals(request, found)
  local reply = redis.call('ZSCAN', keys.totals(request.field), request.cursor, 'COUNT', 300)
  for at = 1, #reply[2], 2 do
    local value = reply[2][at]
    budget.pay(2)
    if postings.size(request.field, value) == 0 then
      found:add('totals:' .. request.field, 'surplus', value, function()
        settle(request.field, value)
      end)
    end
  end
  return '"cursor":"' .. reply[1] .. '"'
end

--- Looks for folded values that nothing has. Request: { field, cursor }
function filed.folded(request, found)
  local noun, filing = folded_as[request.field], pending.is_filing()
  local reply = redis.call('HSCAN', keys.folded(noun), request.cursor, 'COUNT', 300)
  for at = 1, #reply[2], 2 do
    local value = reply[2][at]
    budget.pay(2)
    if not filing and postings.size(request.field, value) == 0 then
      found:add('folded:' .. noun, 'surplus', value, function()
        redis.call('HDEL', keys.folded(noun), value)
      end)
    end
  end
  return '"cursor":"' .. reply[1] .. '"'
end

local function belongs(noun, entry)
  local middle = string.find(entry, '\0', 1, true)
  local word = middle and string.sub(entry, middle + 1)
  if not word or redis.call('EXISTS', keys.posting(noun .. '_word', word)) == 0 then
    return false
  end
  local is_part = false
  lexicon.each_entry(word, function(other)
    is_part = is_part or other == entry
  end)
  return is_part
end

--- Looks for parts of words that no record has. Request: { noun, after: entry|null, limit }
--- @return string after: last entry looked at, null at the end
function filed.lexicon(request, found)
  local after = json.value(request.after)
  local entries = redis.call(
    'ZRANGEBYLEX', keys.lexicon(request.noun), after and '(' .. after or '-', '+', 'LIMIT', 0, request.limit
  )
  for _, entry in ipairs(entries) do
    budget.pay(4)
    if not belongs(request.noun, entry) then
      found:add('lexicon:' .. request.noun, 'surplus', (string.gsub(entry, '%z', ' of ')), function()
        redis.call('ZREM', keys.lexicon(request.noun), entry)
      end)
    end
  end
  return '"after":' .. json.encode(#entries == request.limit and entries[#entries] or nil)
end

--- Answers rows of a posting. Request: { field, value, after: row|-1, limit of a bitmap }
--- @return string members, more: whether there are others after the last one
function filed.members(request)
  local key, list = keys.posting(request.field, request.value), {}
  if form_of(request.field, request.value) == 'set' then
    for at, row in ipairs(redis.call('SMEMBERS', key)) do
      list[at] = tonumber(row)
    end
    return '"members":' .. json.list(list) .. ',"more":false'
  end
  list = bits.positions(key, request.after + 1, request.limit)
  return '"members":' .. json.list(list) .. ',"more":' .. tostring(#list == request.limit)
end

return filed
