--- What is remembered of each import that is not in, or that can still be taken back.
local keys = require('store.keys')

local imports = {}

--- @return table|nil { state: staging | cancelled | applying | done | restoring | undone, by, label, at, step, ... }
function imports.load(id)
  local text = redis.call('HGET', keys.imports(), id)
  return text and cjson.decode(text) or nil
end

function imports.save(id, import)
  redis.call('HSET', keys.imports(), id, cjson.encode(import))
end

function imports.forget_viewers(id)
  for _, user_id in ipairs(redis.call('SMEMBERS', keys.import_viewers(id))) do
    redis.call('DEL', keys.import_shown(id, user_id))
  end
  redis.call('DEL', keys.import_viewers(id))
end

--- Lets go of all that is remembered of an import: it is discarded, or it can no longer be taken back.
function imports.forget(id)
  redis.call('DEL', keys.import_rows(id), keys.import_clients(id), keys.import_users(id))
  -- There may be many, and freeing them takes time.
  redis.call('UNLINK', keys.import_updates(id), keys.import_before(id))
  imports.forget_viewers(id)
  redis.call('HDEL', keys.imports(), id)
end

--- Lets go of imports whose entries left the journal's part in the store: nobody can take them back any more.
--- @param up_to number the last of these entries
function imports.seal(up_to)
  local stored = redis.call('HGETALL', keys.imports())
  for at = 1, #stored, 2 do
    local import = cjson.decode(stored[at + 1])
    if import.state == 'done' and import.entry <= up_to then
      imports.forget(stored[at])
    end
  end
end

return imports
