--- Templates of imports: how columns of a certain name are read. What is in them only Node reads; here they are a text.
local actor = require('actor')
local failure = require('failure')
local journal = require('store.journal')
local json = require('json')
local keys = require('store.keys')
local rows = require('store.rows')

local templates = {}

-- People choose from a list of them.
local most = 100

local function encoded(key)
  return redis.call('HGET', keys.import_templates(), key) or nil
end

local function write(template)
  local text = cjson.encode(template)
  redis.call('HSET', keys.import_templates(), template.nameKey, text)
  return text
end

--- Answers all templates. Request: { actor }. Reply: { templates: [{ id, name, nameKey, version, text }] }
--- Failures: SIGNED_OUT, NOT_ALLOWED.
function templates.list(request)
  actor.importer(request.actor)
  return '{"templates":' .. json.array(redis.call('HVALS', keys.import_templates())) .. '}'
end

--- Saves a template, in place of the one of that name if there is one.
--- Request: { actor, writeId, name, nameKey, text }. Reply: { entry }
--- Failures: SIGNED_OUT, NOT_ALLOWED, CONFLICT (templates: there are a hundred).
function templates.save(request)
  local user = actor.importer(request.actor)
  local before = encoded(request.nameKey)
  failure.need(before or redis.call('HLEN', keys.import_templates()) < most, 'CONFLICT', 'templates')
  local template = before and cjson.decode(before) or { id = rows.mint(), version = 0 }
  template.name, template.nameKey, template.text = request.name, request.nameKey, request.text
  template.version = template.version + 1
  local entry = journal.append({
    at = rows.instant(), by = user.id, action = before and 'update' or 'create', noun = 'template', subject = template.id,
    label = template.name, before = before, after = write(template),
  })
  return '{"entry":' .. entry .. '}'
end

--- Deletes a template. Request: { actor, writeId, nameKey }. Reply: { entry }
--- Failures: SIGNED_OUT, NOT_ALLOWED, NOT_FOUND (template).
function templates.delete(request)
  local user = actor.importer(request.actor)
  local before = failure.need(encoded(request.nameKey), 'NOT_FOUND', 'template')
  redis.call('HDEL', keys.import_templates(), request.nameKey)
  local template = cjson.decode(before)
  local entry = journal.append({
    at = rows.instant(), by = user.id, action = 'delete', noun = 'template', subject = template.id, label = template.name,
    before = before,
  })
  return '{"entry":' .. entry .. '}'
end

--- Prepares putting a template in place of what a write left there. Checks first.
--- @param left table|nil template as the write left it, nil when it deleted it
--- @param before table|nil template as it was
--- @return function that writes and answers the text of what is there now, or nil
function templates.put_back(left, before)
  local key = (left or before).nameKey
  local now = encoded(key)
  failure.need((now and cjson.decode(now).version) == (left and left.version), 'CONFLICT', 'version')
  return function()
    if before then
      before.version = (left or before).version + 1
      return write(before)
    end
    redis.call('HDEL', keys.import_templates(), key)
    return 'null'
  end
end

return templates
