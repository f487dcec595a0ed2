import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

import { inject } from 'vitest'
import { freePort } from '../../scripts/free-port.ts'
import { clientFolder } from './install.ts'

const START_MS_MAX = 30_000

/** A client program: where it lies, what runs it, and what it should know besides the DSN. */
export interface Client {
  name: string
  command: string
  args: string[]
  env?: Record<string, string>
}

/** Runs a program to its end. */
export async function runToEnd(client: Client): Promise<{ code: number | null; output: string }> {
  const { child, output } = launch(client, {})
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output: output() }
}

/** A client that serves HTTP on a port of its own, until it is stopped. */
export interface Service {
  url: string
  stop: () => Promise<void>
}

/** Starts a program that listens on `PORT`; ready when `/` answers. */
export async function startService(client: Client): Promise<Service> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const { child, output } = launch(client, { PORT: String(port) })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  const deadline = Date.now() + START_MS_MAX
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.status === 200) return { url, stop }
    await sleep(100)
  }
  await stop()
  throw new Error(`${client.name} did not come up:\n${output()}`)
}

function launch(
  { name, command, args, env }: Client,
  more: Record<string, string>,
): { child: ChildProcess; output: () => string } {
  const child = spawn(command, args, {
    cwd: clientFolder(name),
    env: { ...process.env, SENTRY_DSN: inject('picket').dsn, ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const read = (chunk: Buffer) => {
    text += chunk.toString()
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  return { child, output: () => text }
}
