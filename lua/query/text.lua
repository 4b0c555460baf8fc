--- Text search as bitmaps: every word looked for must be a part of a word of title, details or client name.
local bits = require('store.bits')
local budget = require('budget')
local common_words = require('store.common_words')
local lexicon = require('store.lexicon')
local postings = require('store.postings')
local visibility = require('store.visibility')

local text = {}

-- Rows of the visible clients whose names have one of the words. Names are indexed once, per client; of words that many
-- clients have, the meetings of clients the user does not see are among the rows.
local function rows_by_client(user, words)
  local common, others = common_words.split(words)
  local some = bits.intersect(postings.union('clients_word', others), visibility.clients(user))
  return bits.union({
    postings.union('clientWord', common), postings.union('client', bits.positions(some, 0, math.huge)),
  })
end

-- Rows that have one of the words, whichever of them meetings and names of clients have.
local function rows_with(user, in_meetings, in_clients)
  return bits.union({ postings.union('meetings_word', in_meetings), rows_by_client(user, in_clients) })
end

local function every(words, rows_of)
  local rows
  for _, word in ipairs(words) do
    budget.pay(5)
    local found = rows_of(word)
    rows = rows and bits.intersect(rows, found) or found
  end
  return rows
end

--- @param words table folded, at least one
--- @return string bitmap of rows, visible or not, that have every word as a part of one of theirs
function text.rows(user, words)
  return every(words, function(word)
    return rows_with(user, lexicon.words_with('meetings', word), lexicon.words_with('clients', word))
  end)
end

local function that_begin(words, part)
  local found = {}
  for _, word in ipairs(words) do
    if string.sub(word, 1, #part) == part then
      found[#found + 1] = word
    end
  end
  return found
end

--- How well rows match, for the order by relevance.
--- @param words table folded
--- @return table list of bitmaps, best first: rows that have every word whole, rows where every word begins one of theirs;
--- empty without words
function text.levels(user, words)
  if #words == 0 then
    return {}
  end
  return {
    every(words, function(word)
      return rows_with(user, { word }, { word })
    end),
    every(words, function(word)
      return rows_with(
        user, that_begin(lexicon.words_with('meetings', word), word), that_begin(lexicon.words_with('clients', word), word)
      )
    end),
  }
end

return text
