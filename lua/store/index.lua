--- Everything a meeting is found by, changed together with its record. Words come folded from Node.
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
end

local function place(row, meeting, client_key, before, before_client_key, fresh)
  for order in pairs(orders.sliced) do
    orders.place(
      order, row, orders.key(order, meeting, client_key),
      before and orders.key(order, before, before_client_key), fresh
    )
  end
end

local function client_key(slot)
  return redis.call('HGET', keys.folded('client'), slot)
end

--- @param tag_folds table folded form of each tag, in the order of `meeting.tags`
--- @param fresh boolean the row is new
function index.add(row, meeting, slot, words, tag_folds, fresh)
  each_value(meeting, slot, function(field, value)
    postings.add(field, value, row, true)
  end)
  for at, tag in ipairs(meeting.tags) do
    redis.call('HSET', keys.folded('tag'), tag, tag_folds[at])
  end
  redis.call('BITFIELD', keys.client_column(), 'SET', 'u32', '#' .. row, slot)
  place(row, meeting, client_key(slot), nil, nil, fresh)
  lexicon.add('meetings', words, row)
end

function index.remove(row, meeting, slot, words)
  each_value(meeting, slot, function(field, value)
    if postings.remove(field, value, row, true) and field == 'tag' then
      redis.call('HDEL', keys.folded('tag'), value)
    end
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
      postings.add(field, value, row, true)
    end
  end)
  for name, pair in pairs(before) do
    if not after[name] and postings.remove(pair[1], pair[2], row, true) and pair[1] == 'tag' then
      redis.call('HDEL', keys.folded('tag'), pair[2])
    end
  end
  for at, tag in ipairs(change.after.tags) do
    redis.call('HSET', keys.folded('tag'), tag, change.tag_folds[at])
  end
  redis.call('BITFIELD', keys.client_column(), 'SET', 'u32', '#' .. row, change.after_slot)
  place(row, change.after, client_key(change.after_slot), change.before, client_key(change.before_slot))
  lexicon.remove('meetings', change.remove_words, row)
  lexicon.add('meetings', change.add_words, row)
end

return index
