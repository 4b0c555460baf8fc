--- The work budget of one call. A bitmap read cannot be killed from outside, so each loop head pays here and the call
--- ends itself. Units are roughly microseconds on an office PC.
local failure = require('failure')

local budget = {}
local most = 250000
local limit = most
local spent = 0

--- @param is_read boolean a write is never cut off: nothing would roll back what it did
function budget.open(is_read)
  spent, limit = 0, is_read and most or math.huge
end

--- @param units number estimated cost of what comes next
function budget.pay(units)
  spent = spent + units
  if spent > limit then
    failure.raise('TOO_COSTLY', 'read')
  end
end

--- @return number units paid so far, for calls that do a part of a long work and must end soon
function budget.spent()
  return spent
end

return budget
