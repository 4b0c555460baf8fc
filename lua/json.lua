--- JSON where cjson alone is not enough: it writes an empty list as `{}` and gives no order of fields.
local json = {}

--- @param items table already encoded values
function json.array(items)
  return '[' .. table.concat(items, ',') .. ']'
end

--- @param items table strings or numbers
function json.list(items)
  return #items == 0 and '[]' or cjson.encode(items)
end

--- @return any value, with JSON null as nil
function json.value(value)
  if value == cjson.null then
    return nil
  end
  return value
end

--- Encodes nil as null.
function json.encode(value)
  return value == nil and 'null' or cjson.encode(value)
end

return json
