--- Time as the store writes it down: ISO 8601 in UTC with milliseconds, which also sorts as text.
local clock = {}

--- @param ms number milliseconds since 1970
--- @return string for example 2026-11-21T09:30:00.000Z
function clock.iso(ms)
  local days = math.floor(ms / 86400000)
  local rest = ms - days * 86400000
  -- Days to a calendar date by eras of 400 years beginning in March (Howard Hinnant, "chrono-compatible date algorithms").
  local shifted = days + 719468
  local era = math.floor(shifted / 146097)
  local day_of_era = shifted - era * 146097
  local year_of_era = math.floor(
    (day_of_era - math.floor(day_of_era / 1460) + math.floor(day_of_era / 36524) - math.floor(day_of_era / 146096)) / 365
  )
  local day_of_year = day_of_era - (365 * year_of_era + math.floor(year_of_era / 4) - math.floor(year_of_era / 100))
  local from_march = math.floor((5 * day_of_year + 2) / 153)
  local day = day_of_year - math.floor((153 * from_march + 2) / 5) + 1
  local month = from_march < 10 and from_march + 3 or from_march - 9
  local year = year_of_era + era * 400 + (month <= 2 and 1 or 0)
  local seconds = math.floor(rest / 1000)
  return string.format(
    '%04d-%02d-%02dT%02d:%02d:%02d.%03dZ',
    year,
    month,
    day,
    math.floor(seconds / 3600),
    math.floor(seconds / 60) % 60,
    seconds % 60,
    rest % 1000
  )
end

--- @return number milliseconds since 1970 by the engine's clock
function clock.now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

return clock
