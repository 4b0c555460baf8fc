--- Everything a meeting is found by, changed together with its record. Words come folded from Node.
local client_values = require('store.client_values')
local keys = require('store.keys')
local lexicon = require('store.lexicon')
local orders = require('store.orders')
local postings = require('store.postings')

local index = {}

local function each_value(meeting, slot, visit)
  visit('type', meeting.type)
  visit('status', meeting.status)
  visit('priority', meeting.priority)
  visit('owner', meeting.ownerId)
  visit('client', slot)
  for _, tag in ipairs(meeting.tags) do
    visit('tag', tag)
  end
  client_values.each(slot, visit)
end

local function client_key(slot)
  return redis.call('HGET', keys.folded('client'), slot)
end

local function write_slots(list, slots)
  local arguments = {}
  for at = 1, #list do
    local from = #arguments
    arguments[from + 1], arguments[from + 2], arguments[from + 3], arguments[from + 4] = 'SET', 'u32', '#' .. list[at], slots[at]
  end
  redis.call('BITFIELD', keys.client_column(), unpack(arguments))
end

local function file_tags(tags, tag_folds)
  for at, tag in ipairs(tags) do
    redis.call('HSET', keys.folded('tag'), tag, tag_folds[at])
  end
end

-- Collects rows by two names, so that each posting is written once however many rows it gets.
local function collect(groups, one, other, row)
  groups[one] = groups[one] or {}
  groups[one][other] = groups[one][other] or {}
  local list = groups[one][other]
  list[#list + 1] = row
end

local function file_orders(entries, list, slots, fresh)
  local client_keys = {}
  for at, slot in ipairs(slots) do
    client_keys[at] = client_key(slot)
  end
  for order in pairs(orders.sliced) do
    local key_list = {}
    for at, entry in ipairs(entries) do
      key_list[at] = orders.key(order, entry.meeting, client_keys[at])
    end
    orders.file(order, list, key_list, fresh)
  end
end

--- Files meetings that are in no index.
--- @param entries table at most 1,000 of { row, meeting, slot, words, tag_folds: folded form of each tag }
--- @param fresh boolean the rows are new
function index.add(entries, fresh)
  local list, slots, values, words = {}, {}, {}, {}
  for at, entry in ipairs(entries) do
    list[at], slots[at] = entry.row, entry.slot
    each_value(entry.meeting, entry.slot, function(field, value)
      collect(values, field, value, entry.row)
    end)
    for _, word in ipairs(entry.words) do
      collect(words, 'meetings', word, entry.row)
    end
    file_tags(entry.meeting.tags, entry.tag_folds)
  end
  for field, by_value in pairs(values) do
    for value, found in pairs(by_value) do
      postings.add(field, value, found, true)
    end
  end
  for word, found in pairs(words.meetings or {}) do
    lexicon.add('meetings', word, found)
  end
  write_slots(list, slots)
  file_orders(entries, list, slots, fresh)
end

local function remove_value(field, value, row)
  if postings.remove(field, value, row, true) and field == 'tag' then
    redis.call('HDEL', keys.folded('tag'), value)
  end
end

--- Takes a meeting out of every index. Its codes stay; they are set anew if it comes back.
function index.remove(row, meeting, slot, words)
  each_value(meeting, slot, function(field, value)
    remove_value(field, value, row)
  end)
  lexicon.remove('meetings', words, row)
end

--- @param change table { before, after: meetings; before_slot, after_slot; remove_words, add_words; tag_folds of after }
function index.replace(row, change)
  local before, after = {}, {}
  each_value(change.before, change.before_slot, function(field, value)
    before[field .. ':' .. value] = { field, value }
  end)
  each_value(change.after, change.after_slot, function(field, value)
    after[field .. ':' .. value] = true
    if not before[field .. ':' .. value] then
      postings.add(field, value, { row }, true)
    end
  end)
  for name, pair in pairs(before) do
    if not after[name] then
      remove_value(pair[1], pair[2], row)
    end
  end
  file_tags(change.after.tags, change.tag_folds)
  write_slots({ row }, { change.after_slot })
  local before_client, after_client = client_key(change.before_slot), client_key(change.after_slot)
  for order in pairs(orders.sliced) do
    orders.move(order, row, orders.key(order, change.before, before_client), orders.key(order, change.after, after_client))
  end
  lexicon.remove('meetings', change.remove_words, row)
  for _, word in ipairs(change.add_words) do
    lexicon.add('meetings', word, { row })
  end
end

return index
