/** Posts one message to the project of `dsn`, as an SDK would. Throws what the server refused. */
export async function sendTestEvent(dsn: string): Promise<void> {
  const { username: key, pathname } = new URL(dsn)
  const projectId = pathname.split('/').at(-1)
  const response = await fetch(`/api/${projectId}/store/`, {
    method: 'POST',
    credentials: 'omit',
    headers: {
      'content-type': 'application/json',
      'x-sentry-auth': `Sentry sentry_version=7, sentry_client=picket.dashboard/1.0, sentry_key=${key}`,
    },
    body: JSON.stringify({
      message: 'Hello, Picket! Sent from the set-up page.',
      level: 'info',
      platform: 'javascript',
      logger: 'picket.setup',
    }),
  })
  if (response.ok) return
  const why = response.headers.get('x-sentry-error') ?? ''
  throw new Error(`Refused with status ${response.status}${why === '' ? '' : `: ${why}`}`)
}
