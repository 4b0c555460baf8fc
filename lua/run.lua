--- How every function runs: JSON in, JSON out, nothing temporary left behind however it ends.
local bits = require('store.bits')
local budget = require('budget')
local journal = require('store.journal')
local keys = require('store.keys')
local rows = require('store.rows')

local run = {}

local function open(routing, text, is_read)
  keys.use(routing)
  budget.open(is_read)
  local request = cjson.decode(text)
  rows.open(request.random or '')
  return request
end

local function finish(ok, result)
  bits.clear()
  rows.close()
  if not ok then
    -- Redis's pcall answers the text of a raised failure, not its table.
    error({ err = type(result) == 'table' and result.err or result })
  end
  return result
end

--- A read: its temporaries stay out of the append-only file and off replicas.
--- @param answer function(request) -> JSON text
function run.read(answer)
  return function(routing, arguments)
    local request = open(routing[1], arguments[1], true)
    redis.set_repl(redis.REPL_NONE)
    return finish(pcall(answer, request))
  end
end

--- A write. A repeated write id is answered from memory.
--- @param answer function(request, arguments) -> JSON text
function run.write(answer)
  return function(routing, arguments)
    local request = open(routing[1], arguments[1], false)
    return finish(pcall(function()
      local known = request.writeId and journal.repeated(request.actor, request.writeId)
      if known then
        return known
      end
      local reply = answer(request, arguments)
      if request.writeId then
        journal.remember(request.actor, request.writeId, reply)
      end
      return reply
    end))
  end
end

return run
