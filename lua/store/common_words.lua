--- Common words: words that stand in the names of many clients, as `gmbh` does. Names are indexed once, per client, and a
--- search looks up the meetings of the clients it finds; of a word that thousands of them have that would take too long.
--- So a common word also has a posting of meetings (field `clientWord`), which follows its clients like their city does.
local keys = require('store.keys')
local postings = require('store.postings')

local common_words = {}

-- Field of the postings of meetings, and of those of clients.
local field, of_clients = 'clientWord', 'clients_word'
-- With as many clients a word becomes common; it stays so as long as any client has it.
local least = 64

--- @param words table
--- @return table those that are common, in the same order; table those that are not
function common_words.split(words)
  local common, others = {}, {}
  for from = 1, #words, 4000 do
    local to = math.min(from + 3999, #words)
    for at, is_common in ipairs(redis.call('SMISMEMBER', keys.common_words(), unpack(words, from, to))) do
      local list = is_common == 1 and common or others
      list[#list + 1] = words[from + at - 1]
    end
  end
  return common, others
end

function common_words.has(word)
  return redis.call('SISMEMBER', keys.common_words(), word) == 1
end

--- @return boolean whether a word must be common: many clients have it
function common_words.must_be(word)
  return postings.size(of_clients, word) >= least
end

local function meetings_of(slots)
  return postings.extent(postings.union('client', slots))
end

--- Makes a word common that many clients have.
function common_words.begin(word)
  redis.call('SADD', keys.common_words(), word)
  postings.add_all(field, word, meetings_of(postings.positions(of_clients, word)))
end

--- Ends a word's being common.
function common_words.finish(word)
  redis.call('SREM', keys.common_words(), word)
  redis.call('DEL', keys.posting(field, word))
  redis.call('ZREM', keys.totals(field), word)
end

--- Files a client's meetings under the words its name has now. The words are in the index of clients already.
function common_words.add(words, slot)
  for _, word in ipairs(words) do
    if common_words.has(word) then
      postings.add_all(field, word, meetings_of({ slot }))
    elseif common_words.must_be(word) then
      common_words.begin(word)
    end
  end
end

--- Takes a client's meetings out from under words its name no longer has. The words are out of the index of clients already.
function common_words.remove(words, slot)
  for _, word in ipairs(common_words.split(words)) do
    postings.remove_all(field, word, meetings_of({ slot }), true)
    if postings.size(of_clients, word) == 0 then
      common_words.finish(word)
    end
  end
end

return common_words
