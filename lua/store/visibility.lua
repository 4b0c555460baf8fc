--- Who sees which clients, and through them which meetings. Kept as bitmaps per user, always exact.
local bits = require('store.bits')
local failure = require('failure')
local keys = require('store.keys')
local postings = require('store.postings')
local records = require('store.records')
local rows = require('store.rows')

local visibility = {}

function visibility.sees_all(user)
  return user.role == 'administrator' or user.seesAllClients == true
end

--- @return string bitmap of the meetings the user sees
function visibility.meetings(user)
  return visibility.sees_all(user) and keys.live() or keys.visible(user.id)
end

--- @return string bitmap of the clients the user sees
function visibility.clients(user)
  return visibility.sees_all(user) and keys.live_clients() or keys.visible_clients(user.id)
end

--- @return number|nil slot of a client the user sees
function visibility.slot(user, id)
  local slot = rows.find('clients', id)
  return slot and bits.has(visibility.clients(user), slot) and slot or nil
end

--- @return boolean whether the user would see the client if it were not deleted
function visibility.was_given(user, id)
  local slot = rows.find('clients', id)
  return slot ~= nil
    and (visibility.sees_all(user) or redis.call('SISMEMBER', keys.users_of_client(slot), user.id) == 1)
end

--- @return table client the user sees; invisible and absent fail alike
function visibility.client(user, id)
  local slot = failure.need(visibility.slot(user, id), 'NOT_FOUND', 'client')
  return records.client(slot)
end

--- @return table meeting the user sees, number row; invisible and absent fail alike
function visibility.meeting(user, id)
  local row = rows.find('meetings', id)
  failure.need(row and bits.has(visibility.meetings(user), row), 'NOT_FOUND', 'meeting')
  return records.meeting(row), row
end

local function users_of(slot)
  return redis.call('SMEMBERS', keys.users_of_client(slot))
end

--- Shows or hides one meeting to everyone who may see its client.
function visibility.write_meeting(row, slot, value)
  redis.call('SETBIT', keys.live(), row, value)
  for _, user_id in ipairs(users_of(slot)) do
    redis.call('SETBIT', keys.visible(user_id), row, value)
  end
end

--- Shows or hides a client with its meetings to everyone who may see it.
function visibility.write_client(slot, value)
  redis.call('SETBIT', keys.live_clients(), slot, value)
  local meetings = bits.without(postings.union('client', { slot }), keys.staged())
  local change = value == 1 and bits.add_all or bits.remove_all
  change(keys.live(), meetings)
  for _, user_id in ipairs(users_of(slot)) do
    redis.call('SETBIT', keys.visible_clients(user_id), slot, value)
    change(keys.visible(user_id), meetings)
  end
end

--- Hides a client none of whose meetings is shown: nothing about meetings changes, however many clients there are.
function visibility.hide_client(slot)
  redis.call('SETBIT', keys.live_clients(), slot, 0)
  for _, user_id in ipairs(users_of(slot)) do
    redis.call('SETBIT', keys.visible_clients(user_id), slot, 0)
  end
end

--- Lets a user see some clients.
function visibility.assign(user_id, slots)
  for _, slot in ipairs(slots) do
    redis.call('SADD', keys.users_of_client(slot), user_id)
  end
  bits.write(keys.visible_clients(user_id), slots, 1)
  bits.add_all(keys.visible(user_id), bits.intersect(postings.union('client', slots), keys.live()))
end

--- Lets a user no longer see some clients.
function visibility.unassign(user_id, slots)
  for _, slot in ipairs(slots) do
    redis.call('SREM', keys.users_of_client(slot), user_id)
  end
  bits.write(keys.visible_clients(user_id), slots, 0)
  bits.remove_all(keys.visible(user_id), postings.union('client', slots))
end

return visibility
