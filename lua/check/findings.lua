--- What looking at an index found: each difference by the name of the index, and how it is put right. Looking never
--- writes; a repair runs only after all of the call was looked at.
local json = require('json')

local findings = {}
findings.__index = findings

function findings.new()
  return setmetatable({ list = {}, repairs = {} }, findings)
end

--- @param index string name of the index, for example `live` or `posting:type`
--- @param what string missing | surplus | wrong
--- @param example string|number what it concerns, never what is written about it
--- @param repair function|nil puts it right from the record, and may be repeated; nil when only a person can tell
function findings:add(index, what, example, repair)
  self.list[#self.list + 1] = cjson.encode({ index, what, tostring(example), repair ~= nil })
  self.repairs[#self.repairs + 1] = repair
end

--- Adds a difference when two values are not the same.
function findings:compare(index, expected, found, example, repair)
  if expected ~= found then
    local what = 'wrong'
    if not found or found == 0 then
      what = 'missing'
    elseif not expected or expected == 0 then
      what = 'surplus'
    end
    self:add(index, what, example, repair)
  end
end

--- Puts right what was found.
function findings:put_right()
  for _, repair in ipairs(self.repairs) do
    repair()
  end
end

--- @param more string|nil further members of the reply, as JSON
function findings:answer(more)
  return '{"differences":' .. json.array(self.list) .. (more and ',' .. more or '') .. '}'
end

return findings
