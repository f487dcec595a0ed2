import { request } from 'node:http'
import type { Readable } from 'node:stream'

import { inject } from 'vitest'

const { url, projectId, publicKey } = inject('picket')

/**
 * Posts a stream and answers the status as soon as there is one, even when the server does not wait
 * for the end of the body. `headers` may lie about the length.
 */
export function postStream(body: Readable, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/api/${projectId}/envelope/`, {
      method: 'POST',
      agent: false,
      headers: { 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${publicKey}`, ...headers },
    })
    outgoing.once('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      body.destroy()
      outgoing.destroy()
    })
    outgoing.once('error', reject)
    body.on('error', reject)
    body.pipe(outgoing)
  })
}
