import { randomUUID } from 'node:crypto'

/** An SDK we only pretend to be: its name goes with the envelope, as real ones do it. */
export interface Pretended {
  name: string
  version: string
}

/** Posts one event (and items that travel with it) as an envelope; throws when it is refused. */
export async function sendEnvelope(
  dsn: string,
  sdk: Pretended,
  event: Record<string, unknown>,
  more: [type: string, payload: unknown][] = [],
): Promise<void> {
  const { username: publicKey, pathname, origin } = new URL(dsn)
  const eventId = randomUUID().replaceAll('-', '')
  const whole = { event_id: eventId, timestamp: Date.now() / 1000, sdk, ...event }
  const items = [['event', whole] as const, ...more].map(([type, payload]) => {
    const text = JSON.stringify(payload)
    return `${JSON.stringify({ type, length: Buffer.byteLength(text) })}\n${text}`
  })
  const header = JSON.stringify({ event_id: eventId, sent_at: new Date().toISOString(), sdk })
  const client = `${sdk.name}/${sdk.version}`
  const answer = await fetch(`${origin}/api${pathname}/envelope/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-sentry-envelope',
      'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${publicKey}, sentry_client=${client}`,
    },
    body: [header, ...items].join('\n'),
  })
  if (!answer.ok) throw new Error(`an event was refused: ${answer.status} ${await answer.text()}`)
}
