--- Who is calling, as the store knows it: read anew in every call, so that a user made inactive is out at once.
local failure = require('failure')
local records = require('store.records')

local actor = {}

--- @param id string from the session in main
--- @return table user
function actor.load(id)
  local user = type(id) == 'string' and records.user(id) or nil
  failure.need(user and user.active, 'SIGNED_OUT', 'user')
  return user
end

--- @return table user who may write
function actor.writer(id)
  local user = actor.load(id)
  failure.need(user.role ~= 'readOnly', 'NOT_ALLOWED', 'role')
  return user
end

--- @return table user who may import
function actor.importer(id)
  local user = actor.load(id)
  failure.need(user.role == 'administrator' or user.role == 'manager', 'NOT_ALLOWED', 'role')
  return user
end

--- @return table user who may decide about users
function actor.administrator(id)
  local user = actor.load(id)
  failure.need(user.role == 'administrator', 'NOT_ALLOWED', 'role')
  return user
end

return actor
