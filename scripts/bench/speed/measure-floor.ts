import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import path from 'node:path'

import { convertV4MiniflareOptions, Miniflare } from 'miniflare'

import { HttpClient, inParallel } from '../http-client.ts'
import type { IngestRequest } from '../make-event.ts'
import { workerdCpuMs } from '../process-cpu.ts'
import { sendAccepted } from '../traffic.ts'

/** CPU per request of a Worker that only inflates, parses and re-serialises, ms. */
export async function measureFloor(requests: IngestRequest[], senders: number): Promise<number> {
  const source = readFileSync(path.join(import.meta.dirname, 'floor-worker.ts'), 'utf8')
  const contents = stripTypeScriptTypes(source)
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        {
          name: 'floor',
          modules: [{ type: 'ESModule', path: 'floor.js', contents }],
          compatibilityDate: '2026-11-01',
          compatibilityFlags: ['nodejs_compat'],
        },
      ],
    }),
  )
  const client = new HttpClient((await miniflare.ready).origin, senders)
  const send = (index: number): Promise<void> =>
    sendAccepted(client, requests[index % requests.length]!)
  try {
    await inParallel(200, senders, send)
    const before = workerdCpuMs(process.pid)
    await inParallel(requests.length, senders, send)
    return (workerdCpuMs(process.pid) - before) / requests.length
  } finally {
    client.close()
    await miniflare.dispose()
  }
}
