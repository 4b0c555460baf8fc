--- Words by any part: each word is filed under every suffix of at least two letters' length, so a part of a word is the
--- beginning of one of its entries. Entries read `suffix NUL word`.
local budget = require('budget')
local keys = require('store.keys')
local postings = require('store.postings')

local lexicon = {}

-- Bytes at which a letter begins in UTF-8: all but continuation bytes.
local function each_suffix(word, visit)
  for at = 1, #word do
    local byte = string.byte(word, at)
    if byte < 128 or byte >= 192 then
      visit(string.sub(word, at) .. '\0' .. word)
    end
  end
end

-- Entries of one ZADD; unpack fails near 8,000 arguments.
local most_entries = 1500

--- Files words under their suffixes.
--- @param word_list table words no row had before
function lexicon.file(noun, word_list)
  local arguments = {}
  local function flush()
    if #arguments > 0 then
      redis.call('ZADD', keys.lexicon(noun), unpack(arguments))
      arguments = {}
    end
  end
  for at = 1, #word_list do
    each_suffix(word_list[at], function(entry)
      local last = #arguments
      arguments[last + 1], arguments[last + 2] = 0, entry
    end)
    if #arguments > most_entries * 2 then
      flush()
    end
  end
  flush()
end

--- @param noun string `meetings` (postings of rows) or `clients` (of slots)
--- @param list table rows (or slots) that have the word
function lexicon.add(noun, word, list)
  if postings.add(noun .. '_word', word, list) then
    lexicon.file(noun, { word })
  end
end

function lexicon.remove(noun, words, row)
  for at = 1, #words do
    local word = words[at]
    if postings.remove(noun .. '_word', word, row) then
      local entries = {}
      each_suffix(word, function(entry)
        entries[#entries + 1] = entry
      end)
      redis.call('ZREM', keys.lexicon(noun), unpack(entries))
    end
  end
end

--- @return table distinct words that have `part` in them
function lexicon.words_with(noun, part)
  local entries = redis.call('ZRANGEBYLEX', keys.lexicon(noun), '[' .. part, '(' .. part .. '\255')
  budget.pay(#entries)
  local words, seen = {}, {}
  for at = 1, #entries do
    local word = string.sub(entries[at], string.find(entries[at], '\0', 1, true) + 1)
    if not seen[word] then
      seen[word] = true
      words[#words + 1] = word
    end
  end
  return words
end

--- @return string a key holding the rows (or slots) that have a word with `part` in it
function lexicon.matching(noun, part)
  return postings.union(noun .. '_word', lexicon.words_with(noun, part))
end

return lexicon
