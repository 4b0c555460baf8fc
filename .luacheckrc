-- Each module under lua/ is wrapped in a function by electron/redis/library.ts, which hands it its own `require`
-- and takes the table it returns. There are no other globals while Redis loads a library.
std = 'lua51'
max_line_length = 140
allow_defined_top = false
globals = { redis = { fields = { call = {}, pcall = {}, sha1hex = {} }, other_fields = true } }
read_globals = { 'cjson', 'cmsgpack', 'bit', 'struct', 'require' }
exclude_files = { 'node_modules', '.tools', 'out', 'dist' }
