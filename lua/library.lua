--- The function library: every function main may call, by the name `<noun>_<call>`.
local clients = require('clients')
local imports = require('imports')
local journal = require('journal')
local meetings = require('meetings')
local office = require('office')
local ranking = require('ranking')
local run = require('run')
local users = require('users')

-- Reads are answered even when memory is full: their temporaries go as soon as the answer is made.
local function read(name, answer)
  redis.register_function({ function_name = name, callback = run.read(answer), flags = { 'allow-oom' } })
end

local function write(name, answer)
  redis.register_function(name, run.write(answer))
end

read('office_status', office.status)
write('office_create', office.create)

read('meetings_filter', meetings.filter)
read('meetings_facet_values', meetings.facet_values)
read('meetings_get', meetings.get)
write('meetings_create', meetings.create)
write('meetings_update', meetings.update)
write('meetings_delete', meetings.delete)

read('clients_list', clients.list)
read('clients_names', clients.names)
read('clients_get', clients.get)
write('clients_create', clients.create)
write('clients_update', clients.update)
write('clients_delete', clients.delete)

read('users_names', users.names)
read('users_list', users.list)
read('users_get', users.get)
read('users_credentials', users.credentials)
read('users_clients', users.clients)
write('users_create', users.create)
write('users_update', users.update)
write('users_assign_clients', users.assign_clients)

read('journal_head', journal.head)
read('journal_read', journal.read)
read('journal_list', journal.list)
read('journal_get', journal.get)
write('journal_seal', journal.seal)
write('journal_undo', journal.undo)

write('imports_begin', imports.begin)
write('imports_clients', imports.clients)
write('imports_users', imports.users)
write('imports_meetings', imports.meetings)
write('imports_commit', imports.commit)
read('imports_pending', imports.pending)
read('imports_remains', imports.remains)
write('imports_discard', imports.discard)

read('ranking_state', ranking.state)
read('ranking_keys', ranking.keys)
write('ranking_begin', ranking.begin)
write('ranking_load', ranking.load)
write('ranking_finish', ranking.finish)
