--- Words by any part: each word is filed under every suffix of at least two letters' length, so a part of a word is the
--- beginning of one of its entries. Entries read `suffix NUL word`.
local budget = require('budget')
local keys = require('store.keys')
local postings = require('store.postings')

local lexicon = {}

--- Visits the entries a word is filed under: from each byte at which a letter begins in UTF-8, all but continuation bytes.
function lexicon.each_entry(word, visit)
  for at = 1, #word do
    local byte = string.byte(word, at)
    if byte < 128 or byte >= 192 then
      visit(string.sub(word, at) .. '\0' .. word)
    end
  end
end

-- Entries of one ZADD; unpack fails near 8,000 arguments.
local most_entries = 1500

-- Writes all entries of some words, each after a score if there is one.
local function write_entries(command, noun, word_list, score)
  local arguments = {}
  local function flush()
    if #arguments > 0 then
      redis.call(command, keys.lexicon(noun), unpack(arguments))
      arguments = {}
    end
  end
  for at = 1, #word_list do
    lexicon.each_entry(word_list[at], function(entry)
      arguments[#arguments + 1] = score
      arguments[#arguments + 1] = entry
    end)
    if #arguments > most_entries * 2 then
      flush()
    end
  end
  flush()
end

--- Files words under their suffixes.
--- @param word_list table words no row had before
function lexicon.file(noun, word_list)
  write_entries('ZADD', noun, word_list, 0)
end

--- Takes words that no row has any more out from under their suffixes.
function lexicon.unfile(noun, word_list)
  write_entries('ZREM', noun, word_list)
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
      lexicon.unfile(noun, { word })
    end
  end
end

--- Answers words one after the other. @param after string|nil last entry that was looked at
--- @param limit number entries looked at; a word has as many as letters
--- @return table words, string|nil last entry looked at, nil when there are no more
function lexicon.walk(noun, after, limit)
  local from = after and '(' .. after or '-'
  local entries, words = redis.call('ZRANGEBYLEX', keys.lexicon(noun), from, '+', 'LIMIT', 0, limit), {}
  budget.pay(#entries * 0.5)
  for _, entry in ipairs(entries) do
    -- The entry of the whole word: as long before NUL as after it.
    local middle = (#entry + 1) / 2
    if #entry % 2 == 1 and string.byte(entry, middle) == 0 then
      words[#words + 1] = string.sub(entry, middle + 1)
    end
  end
  return words, #entries == limit and entries[limit] or nil
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
