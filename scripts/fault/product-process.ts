import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { ROOT } from '../paths.ts'
import type { Seeded } from '../seed.ts'

/** Bundling, migrating and seeding on two slow cores, with a dashboard to build first. */
const START_MS_MAX = 180_000
const STOP_MS_MAX = 15_000

/** The product in a process of its own, that may be killed and started again on the same state. */
export interface ProductProcess {
  seeded: Seeded
  /** Leader of the process group; workerd is in it. */
  pid: number
  /** SIGKILL to the parent and to workerd at once: nobody gets to say goodbye. */
  kill: () => Promise<void>
  /** As Ctrl-C. */
  stop: () => Promise<void>
}

/** Starts `scripts/dev.ts` on this port and state; throws with its last words if it does not come up. */
export async function startProduct(state: string, port: number): Promise<ProductProcess> {
  const log = path.join(state, 'product.log')
  const seedFile = path.join(state, 'dev.json')
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, ['scripts/dev.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), PICKET_STATE: state },
    stdio: ['ignore', output, output],
    // A group of its own: a kill must reach workerd too, and nothing else.
    detached: true,
  })
  closeSync(output)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const killGroup = (): void => signal(child, 'SIGKILL')
  process.once('exit', killGroup)
  const end = async (name: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    signal(child, name)
    await Promise.race([ended, sleep(STOP_MS_MAX, undefined, { ref: false })])
    killGroup()
    process.off('exit', killGroup)
  }
  try {
    await waitUntilReady(child, port, seedFile)
  } catch (error) {
    await end('SIGKILL')
    const lastWords = readFileSync(log, 'utf8').slice(-4000)
    throw new Error(`the product did not start:\n${lastWords}`, { cause: error })
  }
  const seeded = JSON.parse(readFileSync(seedFile, 'utf8')) as Seeded
  return { seeded, pid: child.pid!, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

/** Ready when it is seeded, now or by an earlier run, and its port answers. */
async function waitUntilReady(child: ChildProcess, port: number, seedFile: string): Promise<void> {
  const deadline = Date.now() + START_MS_MAX
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    if (existsSync(seedFile) && (await isServing(port))) return
    await sleep(50)
  }
  throw new Error(`it was not ready after ${START_MS_MAX / 1000} s`)
}

async function isServing(port: number): Promise<boolean> {
  const url = `http://127.0.0.1:${port}/api/relay/healthcheck/ready/`
  const answer = await fetch(url).catch(() => null)
  return answer?.status === 200
}

function signal(child: ChildProcess, name: 'SIGKILL' | 'SIGTERM'): void {
  try {
    process.kill(-child.pid!, name)
  } catch (error) {
    // Nobody is left in the group: it has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
