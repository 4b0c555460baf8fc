/** Functions of the library that change nothing, beside all that begin with `check_`: the lines `read(...)` of lua/library.lua. */
const reads = new Set([
  ...['office_status', 'office_credentials', 'meetings_filter', 'meetings_facet_values', 'meetings_get'],
  ...['clients_list', 'clients_names', 'clients_get'],
  ...['users_names', 'users_list', 'users_get', 'users_credentials', 'users_administrator', 'users_clients'],
  ...['journal_head', 'journal_read', 'journal_list', 'journal_get', 'journal_answered', 'templates_list'],
  ...['imports_identities', 'imports_external', 'imports_records', 'imports_pending', 'imports_remains'],
  ...['imports_discard_values', 'ranking_state', 'ranking_clients', 'ranking_bounds'],
]);

/** Whether a function changes nothing: cut off, it did not happen, and without room it is answered all the same. */
export const isRead = (functionName: string): boolean =>
  functionName.startsWith('check_') || reads.has(functionName);
