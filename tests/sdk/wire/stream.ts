import { type ClientRequest, request } from 'node:http'
import type { Readable } from 'node:stream'

import { inject } from 'vitest'

const { url, projectId, publicKey } = inject('picket')

/** The server answers before it has read all, and hangs up: a client that still writes sees this. */
const HUNG_UP = new Set(['EPIPE', 'ECONNRESET'])

/** Posts a stream of unknown length; answers the status, or that the server hung up on us. */
export function postStream(body: Readable): Promise<number | 'hung up'> {
  return new Promise((resolve, reject) => {
    const outgoing = open({})
    const end = (answer: number | 'hung up') => {
      body.destroy()
      outgoing.destroy()
      resolve(answer)
    }
    outgoing.once('response', (answer) => end(answer.statusCode ?? 0))
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (HUNG_UP.has(error.code ?? '')) end('hung up')
      else reject(error)
    })
    body.pipe(outgoing)
  })
}

/** Announces a body of so many bytes, and sends none of them before it has an answer. */
export function announceBody(bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = open({ 'content-length': String(bytes) })
    outgoing.once('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      outgoing.destroy()
    })
    outgoing.on('error', reject)
    outgoing.flushHeaders()
  })
}

function open(headers: Record<string, string>): ClientRequest {
  return request(`${url}/api/${projectId}/envelope/`, {
    method: 'POST',
    agent: false,
    headers: { 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${publicKey}`, ...headers },
  })
}
