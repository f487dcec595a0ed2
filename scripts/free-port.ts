import { createServer } from 'node:net'

/**
 * Ports are taken from below the range that systems give to outgoing connections: a product that is
 * killed and started again finds its port still free, and never shares it with a stranger.
 */
const FIRST = 20_000
const COUNT = 10_000
const TRIES_MAX = 100

/** A port nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES_MAX; tried += 1) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (await isFree(port)) return port
  }
  throw new Error(`no free port in ${TRIES_MAX} tries`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })
}
