/** Logs are one JSON line each: `room.past_event`, ids, counts. Never payloads or user data. */
type Fields = Record<string, unknown>

function write(level: 'info' | 'warn' | 'error', event: string, fields: Fields): void {
  console[level](JSON.stringify({ level, event, ...plain(fields) }))
}

function plain(fields: Fields): Fields {
  const { error } = fields
  return error instanceof Error ? { ...fields, error: `${error.name}: ${error.message}` } : fields
}

export const log = {
  info: (event: string, fields: Fields = {}): void => write('info', event, fields),
  warn: (event: string, fields: Fields = {}): void => write('warn', event, fields),
  error: (event: string, fields: Fields = {}): void => write('error', event, fields),
}
