import { HttpClient } from '../http-client.ts'
import { Traffic } from '../traffic.ts'

/**
 * A process of its own that sends one project's events as fast as they are refused, until it is told to
 * stop. It tells how many were answered by each status. Started by neighbour.ts.
 */
const [origin = '', projectId = '', publicKey = '', connections = '8'] = process.argv.slice(2)
const client = new HttpClient(origin, Number(connections))
const traffic = new Traffic({ projectId, publicKey })
const statuses: Record<string, number> = {}
let isOver = false

process.once('message', () => {
  isOver = true
})

async function send(): Promise<void> {
  while (!isOver) {
    const { path, headers, body } = traffic.nextIdentical()
    const { status } = await client.post(path, headers, body)
    statuses[status] = (statuses[status] ?? 0) + 1
  }
}

await Promise.all(Array.from({ length: Number(connections) }, send))
client.close()
process.send?.(statuses, () => process.disconnect())
