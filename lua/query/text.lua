--- Text search as a bitmap: every word looked for must be a part of a word of title, details or client name.
local bits = require('store.bits')
local budget = require('budget')
local lexicon = require('store.lexicon')
local postings = require('store.postings')
local visibility = require('store.visibility')

local text = {}

-- Rows of the visible clients whose name has the word. Names are indexed once, per client.
local function rows_by_client(user, word)
  local slots = bits.positions(bits.intersect(lexicon.matching('clients', word), visibility.clients(user)), 0, math.huge)
  return postings.union('client', slots)
end

--- @param words table folded
--- @return string bitmap of rows, visible or not
function text.rows(user, words)
  local rows
  for _, word in ipairs(words) do
    budget.pay(5)
    local with_word = bits.union({ lexicon.matching('meetings', word), rows_by_client(user, word) })
    rows = rows and bits.intersect(rows, with_word) or with_word
  end
  return rows
end

return text
