/** What a span did, without what differs from run to run (spec/event-processing.md §3.11). */
import type { Span } from '../schema/span-schema.ts'
import { normalizeSql } from './sql.ts'
import { scrubFile, scrubHttp, scrubResource } from './url.ts'

/** Operations whose descriptions are names already. */
const NAMED = new Set([
  'activity.load',
  'ai.pipeline',
  'ai.run',
  'application.load',
  'contentprovider.load',
  'ui.load',
])

/** Databases whose statements are not SQL, and a library that reports models as statements. */
const NO_SQL = /mongodb|clickhouse|activerecord|active_record/i

/** The description to group by; null where there is none that many spans would share. */
export function scrubDescription({ op, description, data }: Span): string | null {
  if (!op || !description) return null
  const [category] = op.split('.', 1)
  const system = text(data?.['db.system'])
  if (NAMED.has(op) || category === 'app') return description
  if (category === 'cache' || op.startsWith('db.redis') || system === 'redis') {
    return scrubCommand(description)
  }
  switch (category) {
    case 'http':
      return scrubHttp(description)
    case 'db':
      if (op === 'db.sql.prisma') return description
      return NO_SQL.test(`${op} ${system}`) ? null : normalizeSql(description)
    case 'resource':
      return scrubResource(description)
    case 'file':
      return scrubFile(description)
    default:
      return null
  }
}

/** `GET user:42` → `GET *`. */
function scrubCommand(description: string): string | null {
  const command = /^[A-Za-z]{1,32}(?= |$)/.exec(description.trim())?.[0]
  return command ? `${command.toUpperCase()} *` : '*'
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
