--- What is remembered of each import that is not in, or that can still be taken back.
local keys = require('store.keys')

local imports = {}

--- @return table|nil { state: staging | cancelled | done | undone, by, label, at, step, ... }
function imports.load(id)
  local text = redis.call('HGET', keys.imports(), id)
  return text and cjson.decode(text) or nil
end

function imports.save(id, import)
  redis.call('HSET', keys.imports(), id, cjson.encode(import))
end

return imports
