import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** Targets of relative links, without their fragments. */
function linksOf(page: string): string[] {
  const text = readFileSync(path.join(ROOT, page), 'utf8')
  return [...text.matchAll(/\]\(([^)]+)\)/g)]
    .map((match) => match[1]!.split('#')[0]!)
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
}

describe('the documentation', () => {
  it('links only to what is there', () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((target) => !existsSync(path.resolve(ROOT, path.dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    )
    expect(broken).toEqual([])
  })

  it('has a page for every record that code and pages name', () => {
    const records = readdirSync(path.join(ROOT, 'docs/decisions')).map((name) => name.slice(0, 4))
    const named = [...sourceTexts()].flatMap((text) =>
      [...text.matchAll(/decisions\/(\d{4})/g)].map((match) => match[1]!),
    )
    expect([...new Set(named)].filter((number) => !records.includes(number))).toEqual([])
  })

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = pages.flatMap((page) =>
      [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/npm run ([\w:-]+)/g)].map(
        (match) => match[1]!,
      ),
    )
    expect([...new Set(named)].filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })
})

function* sourceTexts(): Generator<string> {
  for (const folder of ['workers', 'scripts', 'docs']) {
    for (const name of readdirSync(path.join(ROOT, folder), {
      recursive: true,
      encoding: 'utf8',
    })) {
      if (/\.(?:ts|md)$/.test(name)) yield readFileSync(path.join(ROOT, folder, name), 'utf8')
    }
  }
}
