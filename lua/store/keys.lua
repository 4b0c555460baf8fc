--- The only place where key names are made. Every key carries the office's hash tag, so one office is one cluster slot.
local keys = { prefix = '' }

--- @param routing string the one key each call names: `{ins:<office>}`
function keys.use(routing)
  keys.prefix = routing .. ':'
end

local function named(name)
  return function()
    return keys.prefix .. name
  end
end

local function numbered(name)
  return function(part)
    return keys.prefix .. name .. ':' .. part
  end
end

-- Records. Meetings are kept by row, clients by slot: dense numbers that are also bit positions (see store/rows.lua).
keys.office = named('office')
keys.meeting = numbered('meeting')
keys.client = numbered('client')
keys.user = numbered('user')
keys.secret = numbered('secret')
keys.users = named('users')
keys.user_names = named('user_names')
keys.ids = function(noun, chunk)
  return keys.prefix .. 'ids:' .. noun .. ':' .. chunk
end

-- Folded and displayed names by user id, client slot or tag, for sorting, matching and labels.
keys.folded = numbered('folded')
keys.labels = numbered('labels')

-- Bitmaps over meeting rows.
keys.live = named('live')
keys.touched = named('touched')
-- Rows of imports that are not in yet, or taken back: they have postings but must never become live with their client.
keys.staged = named('staged')
keys.visible = numbered('visible')
-- Bitmaps over client slots.
keys.live_clients = named('live_clients')
keys.visible_clients = numbered('visible_clients')
-- Ids of the users to whom the client in a slot is assigned.
keys.users_of_client = numbered('users_of_client')

-- Indexes.
keys.posting = function(field, value)
  return keys.prefix .. 'posting:' .. field .. ':' .. value
end
keys.totals = numbered('totals')
keys.lexicon = numbered('lexicon')
keys.client_column = named('client_column')
-- By slot, see store/client_values.lua.
keys.client_values = named('client_values')
keys.client_ids = named('client_ids')
keys.common_words = named('common_words')
keys.external_ids = named('external_ids')
keys.clients_by_name = named('clients_by_name')
keys.orders = named('orders')
keys.slice = function(order, generation, number)
  return keys.prefix .. 'order:' .. order .. ':' .. generation .. ':' .. number
end
keys.bounds = function(order, generation)
  return keys.prefix .. 'bounds:' .. order .. ':' .. generation
end
keys.unranked = numbered('unranked')

-- Journal and imports.
keys.journal = named('journal')
keys.undone = named('undone')
keys.writes = named('writes')
keys.write_order = named('write_order')
keys.imports = named('imports')
keys.import_templates = named('import_templates')
keys.import_rows = numbered('import_rows')
keys.import_clients = numbered('import_clients')
keys.import_users = numbered('import_users')
-- Who shall see clients that come with an import: users' ids, and the clients of each as a bitmap.
keys.import_viewers = numbered('import_viewers')
keys.import_shown = function(import_id, user_id)
  return keys.prefix .. 'import_shown:' .. import_id .. ':' .. user_id
end
-- Updates that wait for the import to come in, and what was there before those it made, by row.
keys.import_updates = numbered('import_updates')
keys.import_before = numbered('import_before')

-- Stands there when a write broke off in the middle: what it was. See run.lua.
keys.half_done = named('half_done')

keys.temporary = numbered('temporary')

return keys
