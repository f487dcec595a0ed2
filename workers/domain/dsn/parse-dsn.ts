import { parseProjectId } from '../identifier.ts'

export interface Dsn {
  publicKey: string
  projectId: number
}

/** Reads `{scheme}://{key}[:{secret}]@{host}[:port]{/path}/{project}`; null when it is not one. */
export function parseDsn(text: unknown): Dsn | null {
  if (typeof text !== 'string') return null
  const match = /^https?:\/\/([^:@/?#]+)(?::[^@/?#]*)?@[^/?#]+(?:\/[^?#]*)?\/(\d+)$/i.exec(text)
  const projectId = match?.[2] ? parseProjectId(match[2]) : null
  return match?.[1] && projectId !== null ? { publicKey: match[1], projectId } : null
}

/** The DSN people paste into their SDK. `origin` as in `https://picket.example`. */
export function formatDsn(origin: string, publicKey: string, projectId: number): string {
  const { protocol, host } = new URL(origin)
  return `${protocol}//${publicKey}@${host}/${projectId}`
}
