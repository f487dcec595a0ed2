import { randomUUID } from 'node:crypto'

import { inject } from 'vitest'

const { url, projectId, publicKey } = inject('picket')

/** What a request was answered; `json` is null when the body is no JSON. */
export interface Answer {
  status: number
  json: unknown
  headers: Headers
}

export type Body = string | Uint8Array<ArrayBuffer>

let sentAt = 0

/** When this file of tests last sent something, Unix ms. */
export function lastSentAt(): number {
  return sentAt
}

/** An event id as SDKs make them. */
export function newEventId(): string {
  return randomUUID().replaceAll('-', '')
}

export async function postEnvelope(
  body: Body,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const type = { 'content-type': 'application/x-sentry-envelope' }
  return post(`${url}/api/${projectId}/envelope/`, body, { ...type, ...headers })
}

export async function postStore(body: Body, headers: Record<string, string> = {}): Promise<Answer> {
  const type = { 'content-type': 'application/json' }
  return post(`${url}/api/${projectId}/store/`, body, { ...type, ...headers })
}

/** An envelope of one event, header and payload agreeing about its id. */
export function eventEnvelope(event: Record<string, unknown>): string {
  const payload = JSON.stringify(event)
  const length = Buffer.byteLength(payload)
  const header = { event_id: event['event_id'], sent_at: new Date().toISOString() }
  return (
    [header, { type: 'event', length }].map((line) => JSON.stringify(line)).join('\n') +
    `\n${payload}\n`
  )
}

async function post(to: string, body: Body, headers: Record<string, string>): Promise<Answer> {
  const auth = `Sentry sentry_version=7, sentry_key=${publicKey}, sentry_client=test/1.0`
  const answer = await fetch(to, {
    method: 'POST',
    headers: { 'x-sentry-auth': auth, ...headers },
    body,
  })
  sentAt = Date.now()
  return { status: answer.status, json: parse(await answer.text()), headers: answer.headers }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // said by the type
  }
}
