import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir, hostname } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

import { parseEnvelope } from '../workers/domain/envelope/parse-envelope.ts'
import { ROOT } from './paths.ts'

/**
 * `node scripts/record-envelope.ts <name> <command …>`: runs a client with a `SENTRY_DSN` of its own and
 * keeps what it sends in tests/fixture/recorded, as `<name>-<number>.envelope`. Whose machine it was
 * is not kept: its name and the client's folder are replaced.
 */
const [name = 'client', command = 'node', ...args] = process.argv.slice(2)
const FOLDER = path.join(ROOT, 'tests/fixture/recorded')
const DECODERS: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

const bodies: Buffer[] = []
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const decode = DECODERS[request.headers['content-encoding'] ?? '']
  if (request.url?.includes('/envelope/')) bodies.push(decode ? decode(body) : body)
  response.writeHead(200, { 'access-control-allow-origin': '*' }).end('{}')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const dsn = `http://${'a'.repeat(32)}@127.0.0.1:${port}/1`
const child = spawn(command, args, {
  env: { ...process.env, SENTRY_DSN: dsn },
  stdio: 'inherit',
})
await new Promise((resolve) => child.once('close', resolve))
server.close()
mkdirSync(FOLDER, { recursive: true })
bodies.forEach((body, index) => {
  writeFileSync(path.join(FOLDER, `${name}-${index + 1}.envelope`), anonymous(body))
})
console.log(`${bodies.length} envelopes of ${name} recorded`)

/** The envelope without its `dsn`, the machine's name and folder; lengths are told anew. */
function anonymous(body: Buffer): Buffer {
  const envelope = parseEnvelope(body)
  if (!envelope.ok) throw new Error(`${name} sent no envelope: ${JSON.stringify(envelope.error)}`)
  const [first = ''] = body.toString('utf8').split('\n', 1)
  const { dsn: _, ...header } = JSON.parse(first) as Record<string, unknown>
  const parts = envelope.value.items.map(({ header: itemHeader, payload }) => {
    const text = Buffer.from(withoutMachine(Buffer.from(payload).toString('latin1')), 'latin1')
    const line = JSON.stringify({ ...itemHeader, length: text.length })
    return Buffer.concat([Buffer.from(`${line}\n`), text, Buffer.from('\n')])
  })
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...parts])
}

function withoutMachine(text: string): string {
  return text
    .replaceAll(process.cwd(), '/srv/shop')
    .replaceAll(ROOT, '/srv')
    .replaceAll(hostname(), 'shop-1')
    .replaceAll(`127.0.0.1:${port}`, 'sentry.example')
    .replaceAll(homedir(), '/home/shop')
}
