import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The deployment's secret of a local run: made once, kept beside its data. */
export function readSecret(state: string): string {
  const file = path.join(state, 'secret')
  if (!existsSync(file)) {
    mkdirSync(state, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8')
}
