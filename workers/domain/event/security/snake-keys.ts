import { type Dictionary, setOwn } from '../own-key.ts'

/** Keys as we store them: `document-uri` and `documentURL` → `document_uri`. Values as they are. */
export function snakeKeys(report: Dictionary): Dictionary {
  const stored: Dictionary = {}
  for (const [key, value] of Object.entries(report)) {
    if (value === null) continue
    setOwn(stored, snakeKey(key), value)
  }
  return stored
}

/** Newer browsers report in camel case, and say URL where the older ones say URI. */
const RENAMED: Record<string, string> = {
  documentURL: 'document_uri',
  blockedURL: 'blocked_uri',
  sample: 'script_sample',
}

function snakeKey(key: string): string {
  if (Object.hasOwn(RENAMED, key)) return RENAMED[key]!
  return key.replaceAll('-', '_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
