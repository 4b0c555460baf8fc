--- How every function runs: JSON in, JSON out, nothing temporary left behind however it ends.
local bits = require('store.bits')
local budget = require('budget')
local failure = require('failure')
local journal = require('store.journal')
local keys = require('store.keys')
local rows = require('store.rows')

local run = {}

-- Commands that write, of those that this library calls.
local writing = {
  BITFIELD = true, BITOP = true, DEL = true, UNLINK = true, SET = true, SETBIT = true, SETRANGE = true,
  HDEL = true, HINCRBY = true, HSET = true, LPOP = true, RPUSH = true, SADD = true, SPOP = true, SREM = true,
  XADD = true, XTRIM = true, ZADD = true, ZINCRBY = true, ZREM = true,
}

-- Whether the running write has written anything.
local has_written

local function watch(command, first, second)
  if writing[command] and not string.find(command == 'BITOP' and second or first, ':temporary:', 1, true) then
    has_written = true
  end
end

local function watched_call(command, ...)
  watch(command, ...)
  return redis.engine().call(command, ...)
end

local function watched_pcall(command, ...)
  watch(command, ...)
  return redis.engine().pcall(command, ...)
end

local function open(routing, text, is_read)
  local engine = redis.engine()
  redis.call, redis.pcall = is_read and engine.call or watched_call, is_read and engine.pcall or watched_pcall
  redis.sha1hex = engine.sha1hex
  has_written = false
  keys.use(routing)
  budget.open(is_read)
  local request = cjson.decode(text)
  rows.open(request.random or '')
  return request
end

-- Redis takes nothing back: what a write did before it broke off stays. That is noted in the same transaction, so that the
-- next start finds it and leaves the whole of it out; until then nothing is written on top of it.
local function note_half_done(result)
  redis.engine().call('SET', keys.half_done(), string.sub(tostring(result), 1, 200))
end

local function finish(ok, result)
  local is_half_done = not ok and has_written
  bits.clear()
  rows.forget()
  if is_half_done then
    note_half_done(result)
  end
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
    redis.engine().set_repl(redis.engine().REPL_NONE)
    return finish(pcall(answer, request))
  end
end

--- A write. A repeated write id is answered from memory.
--- @param answer function(request, arguments) -> JSON text
function run.write(answer)
  return function(routing, arguments)
    local request = open(routing[1], arguments[1], false)
    failure.need(redis.call('EXISTS', keys.half_done()) == 0, 'STORE_UNAVAILABLE', 'half done')
    return finish(pcall(function()
      local known = request.writeId and journal.repeated(request.actor, request.writeId)
      if known then
        return known
      end
      local reply = answer(request, arguments)
      if request.writeId then
        journal.remember(request.actor, request.writeId, reply)
      end
      rows.close()
      return reply
    end))
  end
end

return run
