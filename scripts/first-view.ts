import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { ROOT } from './paths.ts'

/** Of Vite's manifest: one built chunk. */
interface Chunk {
  file: string
  imports?: string[]
}

/** The entry, and the split components of the pages a newcomer and a returning reader see first. */
const FIRST_VIEWS = {
  'sign-in': ['login'],
  'issue list': ['_app', '_app/$org/$project/route', '_app/$org/$project/index'],
}

export interface FirstView {
  page: string
  /** JavaScript the browser must have before the page stands, compressed as it travels. */
  gzipBytes: number
  files: string[]
}

/** Weighs what the first pages load by static imports, from the built dashboard's manifest. */
export function measureFirstViews(dist = path.join(ROOT, 'dashboard/dist')): FirstView[] {
  const manifest = JSON.parse(
    readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'),
  ) as Record<string, Chunk>
  return Object.entries(FIRST_VIEWS).map(([page, routes]) => {
    const keys = new Set<string>()
    follow(manifest, 'index.html', keys)
    for (const route of routes) {
      const key = `src/routes/${route}.tsx?tsr-split=component`
      if (manifest[key]) follow(manifest, key, keys)
    }
    const files = [...keys].map((key) => manifest[key]!.file)
    const gzipBytes = files
      .map((file) => gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length)
      .reduce((sum, bytes) => sum + bytes, 0)
    return { page, gzipBytes, files }
  })
}

function follow(manifest: Record<string, Chunk>, key: string, seen: Set<string>): void {
  if (seen.has(key)) return
  seen.add(key)
  for (const next of manifest[key]?.imports ?? []) follow(manifest, next, seen)
}
