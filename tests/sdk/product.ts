import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../scripts/free-port.ts'
import type { Seeded } from '../../scripts/seed.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Bundling, migrating and seeding on two slow cores, with a dashboard to build first. */
const START_MS_MAX = 180_000
const STOP_MS_MAX = 15_000

/** The product as a user runs it, in a process of its own with an empty state folder. */
export interface Product {
  seeded: Seeded
  /** Its `PICKET_STATE`. */
  state: string
  /** Leader of the process group; workerd is in it. */
  pid: number
  stop: () => Promise<void>
}

/** Starts `scripts/dev.ts` on a free port; throws with its last words when it does not come up. */
export async function startProduct(): Promise<Product> {
  const state = mkdtempSync(path.join(tmpdir(), 'picket-sdk-'))
  const log = path.join(state, 'product.log')
  const output = openSync(log, 'w')
  const child = spawn(process.execPath, ['scripts/dev.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(await freePort()), PICKET_STATE: state },
    stdio: ['ignore', output, output],
    // A group of its own, so that workerd goes down with it even when it does not go by itself.
    detached: true,
  })
  const killGroup = () => kill(child, 'SIGKILL')
  process.once('exit', killGroup)
  try {
    const seeded = await waitUntilReady(child, path.join(state, 'dev.json'))
    const stop = async () => {
      await end(child)
      process.off('exit', killGroup)
      rmSync(state, { recursive: true, force: true })
    }
    return { seeded, state, pid: child.pid!, stop }
  } catch (error) {
    killGroup()
    throw new Error(`the product did not start:\n${readFileSync(log, 'utf8').slice(-4000)}`, {
      cause: error,
    })
  }
}

async function waitUntilReady(child: ChildProcess, file: string): Promise<Seeded> {
  const deadline = Date.now() + START_MS_MAX
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    if (existsSync(file)) {
      const seeded = JSON.parse(readFileSync(file, 'utf8')) as Seeded
      if (await isReady(`${seeded.url}/api/relay/healthcheck/ready/`)) return seeded
    }
    await sleep(200)
  }
  throw new Error(`it was not ready after ${START_MS_MAX / 1000} s`)
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => null)
  return answer?.status === 200
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  kill(child, 'SIGTERM')
  await Promise.race([ended, sleep(STOP_MS_MAX, undefined, { ref: false })])
  kill(child, 'SIGKILL')
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal)
  } catch (error) {
    // Nobody is left in the group: it has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
