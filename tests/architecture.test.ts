import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')

/** Imports run the way data runs. A room may import itself and what stands here, nothing else. */
const MAY_IMPORT: Record<string, string[]> = {
  edge: ['gate', 'store', 'platform', 'domain'],
  gate: ['queue', 'store', 'platform', 'domain'],
  queue: ['process', 'store', 'platform', 'domain'],
  process: ['store', 'notify', 'platform', 'domain'],
  clock: ['process', 'store', 'notify', 'platform', 'domain'],
  api: ['store', 'notify', 'contract', 'platform', 'domain'],
  store: ['platform', 'domain'],
  notify: ['platform', 'domain'],
  contract: ['domain'],
  platform: [],
  domain: [],
}
/** Doors may know the types of the whole environment; main knows everything. */
const DOORS = ['edge', 'queue', 'api', 'clock']
const TOP_FILES = ['main.ts', 'env.ts']
const LINES_MAX = 350

interface Import {
  file: string
  room: string
  target: string
  isTypeOnly: boolean
}

const files = sourceFiles(path.join(ROOT, 'workers'))
/** The top files see everything: main joins the rooms, env names their classes. */
const imports = files.filter((file) => !TOP_FILES.includes(roomOf(file))).flatMap(importsOf)

describe('the house', () => {
  it('has only the rooms of the table', () => {
    const rooms = readdirSync(path.join(ROOT, 'workers')).filter(
      (name) => !TOP_FILES.includes(name),
    )
    expect(rooms.filter((room) => MAY_IMPORT[room] === undefined)).toEqual([])
  })

  it('imports only downstream', () => {
    const upstream = imports.filter(({ room, target }) => {
      const other = /^#([a-z]+)\//.exec(target)?.[1]
      return other !== undefined && other !== room && !MAY_IMPORT[room]?.includes(other)
    })
    expect(upstream).toEqual([])
  })

  it('shows the environment to doors only, and as a type', () => {
    const seen = imports.filter(({ target }) => target === '#env.ts')
    expect(seen.filter(({ room, isTypeOnly }) => !DOORS.includes(room) || !isTypeOnly)).toEqual([])
  })

  it('leaves a room by # only', () => {
    const climbing = imports.filter(({ file, target }) => {
      if (!target.startsWith('.')) return false
      return roomOf(path.resolve(path.dirname(file), target)) !== roomOf(file)
    })
    expect(climbing).toEqual([])
  })

  it('keeps the domain free of packages other than zod', () => {
    const packages = imports.filter(
      ({ room, target }) => room === 'domain' && !/^[#.]/.test(target) && target !== 'zod',
    )
    expect(packages).toEqual([])
  })

  it('keeps the domain free of clocks, chance and input', () => {
    const impure = files
      .filter((file) => roomOf(file) === 'domain')
      .filter((file) =>
        /Date\.now\(|Math\.random\(|getRandomValues|randomUUID|\bfetch\(/.test(code(file)),
      )
    expect(impure).toEqual([])
  })

  it('lets the dashboard see nothing of the workers but the contract', () => {
    const reaching = sourceFiles(path.join(ROOT, 'dashboard/src'))
      .flatMap(importsOf)
      .filter(({ target }) => /workers\/(?!contract)|^#(?!contract\/)/.test(target))
    expect(reaching).toEqual([])
  })

  it('has no file that wants to be a folder', () => {
    const long = [...files, ...sourceFiles(path.join(ROOT, 'dashboard/src'))]
      .map((file) => ({ file: path.relative(ROOT, file), lines: code(file).split('\n').length }))
      .filter(({ lines }) => lines > LINES_MAX)
    expect(long).toEqual([])
  })

  it('would notice an arrow that runs upstream', () => {
    const planted = "import { edge } from '#edge/app.ts'\nimport type { Env } from '#env.ts'\n"
    expect(parseImports(path.join(ROOT, 'workers/store/x.ts'), planted)).toEqual([
      {
        file: path.join(ROOT, 'workers/store/x.ts'),
        room: 'store',
        target: '#edge/app.ts',
        isTypeOnly: false,
      },
      {
        file: path.join(ROOT, 'workers/store/x.ts'),
        room: 'store',
        target: '#env.ts',
        isTypeOnly: true,
      },
    ])
  })
})

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(?:test|gen)\.tsx?$/.test(name))
    .map((name) => path.join(folder, name))
}

function importsOf(file: string): Import[] {
  return parseImports(file, code(file))
}

function parseImports(file: string, text: string): Import[] {
  const statement = /^(?:import|export)\s+(type\s+)?[^'"]*?from\s+['"]([^'"]+)['"]/gm
  return [...text.matchAll(statement)].map((match) => ({
    file,
    room: roomOf(file),
    target: match[2]!,
    isTypeOnly: match[1] !== undefined,
  }))
}

function roomOf(file: string): string {
  return path.relative(path.join(ROOT, 'workers'), file).split(path.sep)[0]!
}

function code(file: string): string {
  return readFileSync(file, 'utf8')
}
