--- The fixed values of short fields, in the order in which lists show and sort them (electron/contract/meetings.ts).
return {
  type = { 'email', 'sms', 'call', 'visit', 'video', 'letter' },
  status = { 'open', 'planned', 'closed', 'waiting', 'cancelled' },
  priority = { 'low', 'normal', 'high', 'urgent' },
  clientKind = { 'company', 'person' },
}
