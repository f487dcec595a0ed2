import { runPicket } from './run-picket.ts'

const { miniflare, seeded, url } = await runPicket()

console.log(`
  Picket is running.

  Dashboard   ${url}/          sign in as ${seeded.email} / ${seeded.password}
  DSN         ${seeded.dsn}
  API token   ${seeded.token}

  Send a first error:

    curl ${url}/api/${seeded.projectId}/envelope/ --data-binary $'{"dsn":"${seeded.dsn}"}\\n{"type":"event"}\\n{"message":"Hello, Picket"}'

  or a varied set of them:  npm run demo
`)

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await miniflare.dispose()
  process.exit(0)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
