import { Agent, request } from 'node:http'

/** What came back, and how long it took. */
export interface Answer {
  status: number
  body: string
  headers: Record<string, string | string[] | undefined>
  /** From the first byte sent to the last received. */
  ms: number
}

/** workerd hangs up after 5 s of silence; we must be first, or a request meets a closed connection. */
const IDLE_MS = 3_000

/**
 * A plain HTTP/1.1 client on kept-alive connections. Not `fetch`: on two cores the load generator
 * must cost less than what it measures, and a broken connection must be told apart from a refused one.
 */
export class HttpClient {
  readonly #origin: URL
  readonly #agent: Agent

  constructor(origin: string, connections: number) {
    this.#origin = new URL(origin)
    // workerd listens on IPv4 and IPv6; a name lookup per connection would be measured with it.
    if (this.#origin.hostname === 'localhost') this.#origin.hostname = '127.0.0.1'
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, timeout: IDLE_MS })
  }

  post(path: string, headers: Record<string, string>, body: Uint8Array | string): Promise<Answer> {
    return this.#send('POST', path, headers, body)
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send('GET', path, headers, '')
  }

  close(): void {
    this.#agent.destroy()
  }

  #send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: Uint8Array | string,
  ): Promise<Answer> {
    const startedAt = performance.now()
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const { hostname, port } = this.#origin
    const outgoing = request(
      { agent: this.#agent, hostname, port, method, path, headers: { ...headers } },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk: string) => {
          text += chunk
        })
        incoming.on('error', reject)
        incoming.on('end', () => {
          const ms = performance.now() - startedAt
          resolve({ status: incoming.statusCode ?? 0, body: text, headers: incoming.headers, ms })
        })
        incoming.on('close', () => {
          if (!incoming.complete) reject(new Error('the answer was cut off'))
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
    return promise
  }
}

/** Runs `work` for 0, 1, 2 … `count - 1`, `concurrency` at a time. */
export async function inParallel(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  async function worker(): Promise<void> {
    while (next < count) {
      const index = next
      next += 1
      await work(index)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}
