--- The work budget of one call. A bitmap read cannot be killed from outside, so each loop head pays here and the call
--- ends itself. Units are roughly microseconds on an office PC.
local failure = require('failure')

local budget = {}
local limit = 250000
local spent = 0

function budget.open()
  spent = 0
end

--- @param units number estimated cost of what comes next
function budget.pay(units)
  spent = spent + units
  if spent > limit then
    failure.raise('TOO_COSTLY', 'read')
  end
end

return budget
