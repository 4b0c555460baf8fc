--- The journal as people and main read it, and undo.
local actor = require('actor')
local bits = require('store.bits')
local clients = require('clients')
local discarding = require('discarding')
local failure = require('failure')
local imports = require('imports')
local json = require('json')
local keys = require('store.keys')
local meetings = require('meetings')
local office = require('office')
local records = require('store.records')
local rows = require('store.rows')
local store = require('store.journal')
local store_of_imports = require('store.imports')
local templates = require('templates')
local updating = require('updating')
local users = require('users')
local visibility = require('store.visibility')

local journal = {}

local function texts(found)
  local list = {}
  for at, each in ipairs(found) do
    list[at] = each[2][2]
  end
  return list
end

--- Answers numbers of the first and last entry kept here. Request: {}. Reply: { first, last } (0 when empty)
function journal.head()
  local first = redis.call('XRANGE', keys.journal(), '-', '+', 'COUNT', 1)
  local number = first[1] and tonumber(string.match(first[1][1], '^%d+')) or 0
  return cjson.encode({ first = number, last = tonumber(redis.call('HGET', keys.office(), 'entries') or 0) })
end

--- Answers entries after a number, oldest first, for main. Request: { after, limit }. Reply: { entries }
function journal.read(request)
  local found = redis.call('XRANGE', keys.journal(), '(' .. request.after .. '-0', '+', 'COUNT', request.limit)
  return '{"entries":' .. json.array(texts(found)) .. '}'
end

--- Answers what a write was answered, for whoever lost the answer. Request: { actor, writeId }
--- Reply: { answer: JSON text|null when it was not done, or so long ago that it is forgotten }. Failures: CONFLICT
function journal.answered(request)
  return '{"answer":' .. json.encode(store.repeated(request.actor, request.writeId)) .. '}'
end

--- Lets go of entries that main has sealed in a file, and of what taking an import among them back would need.
--- Request: { upTo }. Reply: {}. Cost: one read for all imports, a few writes for each import let go of.
function journal.seal(request)
  store_of_imports.seal(request.upTo)
  redis.call('XTRIM', keys.journal(), 'MINID', (request.upTo + 1) .. '-0')
  return '{}'
end

-- Whether the user may read an entry: administrators all, others their own about clients given to them, deleted ones too:
-- whoever deleted a client must be able to undo it.
local function may_read(user, entry)
  if user.role == 'administrator' then
    return true
  end
  local client = json.value(entry.client)
  return entry.by == user.id and (not client or visibility.was_given(user, client))
end

--- Answers entries before a number, latest first, as far as the actor may read them, with names and who undid them.
--- Request: { actor, before?, limit, archived?: entries main read from files instead }
--- Reply: { entries, names: [of who did it], undoneBy: [number|0], oldest: number|null of the last one looked at }
--- Failures: SIGNED_OUT. Cost: at most ten times the limit of entries looked at.
function journal.list(request)
  local user = actor.load(request.actor)
  local found
  if request.archived then
    found = {}
    for at, entry in ipairs(request.archived) do
      found[at] = cjson.encode(entry)
    end
  else
    local from = request.before and ('(' .. request.before .. '-0') or '+'
    found = texts(redis.call('XREVRANGE', keys.journal(), from, '-', 'COUNT', request.limit * 10))
  end
  local kept, names, undone, oldest = {}, {}, {}, nil
  for _, text in ipairs(found) do
    local entry = cjson.decode(text)
    oldest = entry.entry
    if may_read(user, entry) then
      kept[#kept + 1] = text
      names[#names + 1] = redis.call('HGET', keys.labels('user'), entry.by) or ''
      undone[#undone + 1] = tonumber(redis.call('HGET', keys.undone(), entry.entry) or 0)
      if #kept == request.limit then
        break
      end
    end
  end
  return '{"entries":' .. json.array(kept) .. ',"names":' .. json.list(names) .. ',"undoneBy":' .. json.list(undone)
    .. ',"oldest":' .. json.encode(oldest) .. '}'
end

local function entry_of(user, number)
  local text = failure.need(store.entry(number), 'NOT_FOUND', 'entry')
  local entry = cjson.decode(text)
  failure.need(may_read(user, entry), 'NOT_FOUND', 'entry')
  return entry, text
end

--- Answers one entry the actor may undo, so that Node can fold its words. Request: { actor, entry }. Reply: entry
--- Failures: SIGNED_OUT, NOT_FOUND.
function journal.get(request)
  local _, text = entry_of(actor.load(request.actor), request.entry)
  return text
end

-- What taking back looks like, per noun and action: each checks everything, then answers a function that writes.
local undo = { meeting = {}, client = {}, user = {}, import = {}, office = {}, template = {} }

-- The meeting as the entry left it, or a conflict.
local function untouched_meeting(entry)
  local row = failure.need(rows.find('meetings', entry.subject), 'NOT_FOUND', 'meeting')
  local meeting = failure.need(records.meeting(row), 'NOT_FOUND', 'meeting')
  failure.need(meeting.version == entry.after.version, 'CONFLICT', 'version')
  return meeting, row
end

local function slot_seen(user, client_id)
  return failure.need(visibility.slot(user, client_id), 'CONFLICT', 'client')
end

function undo.meeting.create(user, entry, request, instant)
  local meeting, row = untouched_meeting(entry)
  slot_seen(user, meeting.clientId)
  return function()
    return meetings.remove(row, meeting, request.words.remove, instant, user)
  end
end

function undo.meeting.update(user, entry, request, instant)
  local meeting, row = untouched_meeting(entry)
  local slots = { before = slot_seen(user, meeting.clientId), after = slot_seen(user, entry.before.clientId) }
  local bring_owner_back = users.bring_back(entry.before.ownerId)
  return function()
    bring_owner_back()
    local _, after = meetings.replace({
      row = row, before = meeting, after = entry.before, instant = instant, user = user, slots = slots,
      words = request.words, tagFolds = request.tagFolds,
    })
    return after
  end
end

function undo.meeting.delete(user, entry, request, instant)
  local meeting, row = untouched_meeting(entry)
  local slot = slot_seen(user, meeting.clientId)
  local bring_owner_back = users.bring_back(meeting.ownerId)
  return function()
    bring_owner_back()
    return meetings.restore(row, meeting, slot, request, instant, user)
  end
end

local function untouched_client(entry)
  local slot = failure.need(rows.find('clients', entry.subject), 'NOT_FOUND', 'client')
  local client = records.client(slot)
  failure.need(client.version == entry.after.version, 'CONFLICT', 'version')
  return client
end

function undo.client.create(user, entry, _, instant)
  local client = untouched_client(entry)
  return function()
    return clients.write_deleted(client, true, instant, user)
  end
end

function undo.client.update(user, entry, request, instant)
  local client = untouched_client(entry)
  local owner_id = json.value(entry.before.ownerId)
  local bring_owner_back = owner_id and users.bring_back(owner_id) or function() end
  return function()
    bring_owner_back()
    return clients.replace(client, entry.before, request.words, instant, user)
  end
end

function undo.client.delete(user, entry, _, instant)
  local client = untouched_client(entry)
  return function()
    return clients.write_deleted(client, false, instant, user)
  end
end

function undo.user.create(_, entry, _, instant)
  local user = failure.need(records.user(entry.subject), 'NOT_FOUND', 'user')
  failure.need(users.is_unused(user), 'CONFLICT', 'used')
  return function()
    return users.remove(user, instant)
  end
end

function undo.user.update(user, entry, _, instant)
  local before = records.user(entry.subject)
  failure.need(before.version == entry.after.version, 'CONFLICT', 'version')
  failure.need(users.name_is_free(entry.before.userNameKey, before.id), 'DUPLICATE', 'userName')
  users.need_administrator(before, entry.before)
  return function()
    return users.replace(before, entry.before, instant, user)
  end
end

function undo.user.assign(user, entry)
  local add, remove = users.client_slots(user, entry.after.remove), users.client_slots(user, entry.after.add)
  return function()
    return users.change_clients(entry.subject, add, remove)
  end
end

function undo.office.update(_, entry)
  local before = office.untouched(entry.after.version)
  return function()
    return office.replace(before, entry.before)
  end
end

local function put_template_back(_, entry)
  return templates.put_back(json.value(entry.after), json.value(entry.before))
end
undo.template.create, undo.template.update, undo.template.delete = put_template_back, put_template_back, put_template_back

undo.import.import = function(user, entry, _, instant)
  local take_back = imports.take_back(entry.subject)
  return function()
    local after = take_back(user, instant)
    discarding.release_users(entry.subject)
    return after
  end
end

--- Takes one entry back if nothing was built on it since.
--- Request: { actor, writeId, entry, words: { remove, add }, tagFolds } where words and folds are those of the state
--- before (to add) and after (to remove) the entry. Reply: { entry, records: how many it concerned when it was an import }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND, CONFLICT (version, client, owner, undone). Cost: as the write itself.
function journal.undo(request)
  local user = actor.writer(request.actor)
  local entry = entry_of(user, request.entry)
  failure.need(entry.by == user.id or user.role == 'administrator', 'NOT_ALLOWED', 'entry')
  failure.need(redis.call('HEXISTS', keys.undone(), entry.entry) == 0, 'CONFLICT', 'undone')
  local prepare = failure.need(undo[entry.noun] and undo[entry.noun][entry.action], 'NOT_ALLOWED', 'undo')
  if entry.noun == 'user' or entry.noun == 'office' then
    actor.administrator(request.actor)
  end
  local concerned = entry.noun == 'import' and updating.records(json.value(entry.after)) or nil
  local instant = rows.instant()
  local write = prepare(user, entry, request, instant)
  local after = write()
  local number = store.append({
    at = instant, by = user.id, action = 'undo', noun = entry.noun, subject = entry.subject, label = entry.label,
    client = json.value(entry.client), before = json.encode(json.value(entry.after)), after = after,
  })
  redis.call('HSET', keys.undone(), entry.entry, number)
  bits.clear()
  return cjson.encode({ entry = number, records = concerned })
end

return journal
