/**
 * Everything that rests, as texts to search: every row of D1, every table and key of the objects, every
 * object of R2 with its items inflated, every message of the queues, every line of the log.
 */
import { runInDurableObject } from 'cloudflare:test'
import { inflateRawSync } from 'node:zlib'
import { vi } from 'vitest'

import { decodeJournalRow, decodePack } from '#domain/pack/pack-format.ts'
import { env, type TestProject } from './world.ts'

/** One thing that rests, and where. */
export interface Resting {
  place: string
  text: string
}

/** Notes what passes through queues and consoles from now on. */
export function watchPassing(): Resting[] {
  const passing: Resting[] = []
  const note = (place: string, value: unknown) => passing.push({ place, text: asText(value) })
  const queue = Object.getPrototypeOf(env.PACKS) as Queue
  const { send, sendBatch } = queue
  vi.spyOn(queue, 'send').mockImplementation(function (this: Queue, message, options) {
    note('queue message', message)
    return send.call(this, message, options)
  })
  vi.spyOn(queue, 'sendBatch').mockImplementation(function (this: Queue, messages, options) {
    const all = [...messages]
    note('queue messages', all)
    return sendBatch.call(this, all, options)
  })
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    const write = console[method]
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      note(`console.${method}`, words)
      write.apply(console, words)
    })
  }
  return passing
}

/** What rests of a project in all stores, now. */
export async function readResting({ id }: TestProject): Promise<Resting[]> {
  const month = new Date().toISOString().slice(0, 7)
  return [
    ...(await readDatabase()),
    ...(await readObject('gate', env.PROJECT_GATE.getByName(String(id)))),
    ...(await readObject('month', env.PROJECT_STORE.getByName(`${id}:${month}`))),
    ...(await readBucket()),
  ]
}

async function readDatabase(): Promise<Resting[]> {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string }>()
  const rows = tables.results.map(async ({ name }) => {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
    return results.map((row) => ({ place: `D1 ${name}`, text: asText(row) }))
  })
  return (await Promise.all(rows)).flat()
}

function readObject(name: string, stub: DurableObjectStub): Promise<Resting[]> {
  return runInDurableObject(stub as never, (_instance: unknown, { storage }) => {
    const tables = storage.sql
      .exec(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray()
    const rows = tables.flatMap((table) => {
      const place = `${name} table ${table['name']}`
      return [...storage.sql.exec(`SELECT * FROM "${table['name']}"`)].map((row) => {
        return { place, text: asText(row) }
      })
    })
    const kept = [...storage.kv.list()].map(([key, value]) => {
      return { place: `${name} kv ${key}`, text: asText(value) }
    })
    return [...rows, ...kept]
  })
}

async function readBucket(): Promise<Resting[]> {
  const resting: Resting[] = []
  let cursor: string | undefined
  do {
    const page = await env.RAW.list({ cursor, include: ['customMetadata', 'httpMetadata'] })
    for (const { key, customMetadata, httpMetadata } of page.objects) {
      const object = await env.RAW.get(key)
      const bytes = new Uint8Array(await object!.arrayBuffer())
      const text = `${key} ${asText(customMetadata)} ${asText(httpMetadata)} ${asText(bytes)}`
      resting.push({ place: `R2 ${key.split('.').pop()}`, text })
    }
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor)
  return resting
}

/** Any value as text; bytes as they stand, and opened where they are one of our formats. */
function asText(value: unknown): string {
  if (value instanceof ArrayBuffer) return asText(new Uint8Array(value))
  if (value instanceof Uint8Array) return [decode(value), ...opened(value).map(decode)].join('\n')
  if (value instanceof Map || value instanceof Set) return asText([...value])
  if (Array.isArray(value)) return value.map(asText).join('\n')
  if (value instanceof Error) return `${value.message}\n${value.stack}`
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, inner]) => `${key}: ${asText(inner)}`)
      .join('\n')
  }
  return String(value)
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** The items of a pack, an overlay or a journal row, inflated. */
function opened(bytes: Uint8Array): Uint8Array[] {
  const pack = decodePack(bytes)
  if (pack.ok) {
    return pack.value.map(({ offset, length }) => inflate(bytes.subarray(offset, offset + length)))
  }
  const row = decodeJournalRow(bytes)
  return row.ok ? row.value.map((item) => inflate(item.bytes)) : []
}

function inflate(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(inflateRawSync(bytes))
}
