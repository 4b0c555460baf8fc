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

return imports
