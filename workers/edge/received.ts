import type { Sender } from './authenticate.ts'
import type { Received } from './prepare/item.ts'

/** What the HTTP request says about the items in it. */
export function receivedFrom(
  request: Request,
  sender: Sender,
  envelope: { eventId: string; sentAt: number | null },
): Received {
  return {
    ...envelope,
    now: Date.now(),
    client: sender.client,
    // Only the platform's own header: X-Forwarded-For is whatever a client likes to say.
    clientIp: request.headers.get('cf-connecting-ip'),
    userAgent: request.headers.get('user-agent'),
  }
}

/** A fresh event id: 32 hex characters of a version 4 UUID. */
export function newEventId(): string {
  return crypto.randomUUID().replaceAll('-', '')
}
