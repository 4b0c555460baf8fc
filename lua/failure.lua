--- Failures: raised at any depth, answered to the caller as `CODE detail` (codes: electron/contract/failure.ts).
local failure = {}

--- Ends the call. Never after its first write: every check stands before it.
--- @param code string one of the contract's failure codes
--- @param detail string|nil the noun or field concerned; never office data
function failure.raise(code, detail)
  error({ err = detail and (code .. ' ' .. detail) or code })
end

--- @return any value, when it is there
function failure.need(value, code, detail)
  if not value then
    failure.raise(code, detail)
  end
  return value
end

return failure
