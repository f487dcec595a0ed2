import type { NormalizeContext } from '#domain/event/normalize-event.ts'
import type { Sender } from './authenticate.ts'
import type { Received } from './prepare/prepared.ts'

/** What the HTTP request says about the items in it. */
export function receivedFrom(
  request: Request,
  sender: Sender,
  envelope: { eventId: string; sentAt: number | null },
): Received {
  return { ...envelope, now: Date.now(), origin: originOf(request, sender) }
}

function originOf(request: Request, { client }: Sender): Received['origin'] {
  // Only the platform's own header: X-Forwarded-For is whatever a client likes to say.
  const clientIp = request.headers.get('cf-connecting-ip')
  const userAgent = request.headers.get('user-agent')
  const geo = geoOf(request.cf as IncomingRequestCfProperties | undefined)
  const clientHints = [...request.headers].filter(([name]) => name.startsWith('sec-ch-ua'))
  return {
    ...(client === null ? {} : { sdkClient: client }),
    ...(clientIp === null ? {} : { clientIp }),
    ...(userAgent === null ? {} : { userAgent }),
    ...(geo ? { geo } : {}),
    ...(clientHints.length > 0 ? { clientHints } : {}),
  }
}

/** Where the connection comes from, by the platform; local runs know nothing and say nothing. */
function geoOf(cf: IncomingRequestCfProperties | undefined): NormalizeContext['geo'] {
  const { country, city, region } = cf ?? {}
  if (!country || !/^[A-Z]{2}$/.test(country)) return undefined
  const name = new Intl.DisplayNames(['en'], { type: 'region' }).of(country)
  return {
    country_code: country,
    ...(city ? { city } : {}),
    ...(region ? { subdivision: region } : {}),
    ...(name ? { region: name } : {}),
  }
}

/** A fresh event id: 32 hex characters of a version 4 UUID. */
export function newEventId(): string {
  return crypto.randomUUID().replaceAll('-', '')
}
