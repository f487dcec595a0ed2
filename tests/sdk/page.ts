import { execFile } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'

import { type Browser, chromium, type Page } from 'playwright-core'
import { preview } from 'vite'
import { inject } from 'vitest'

import { clientFolder } from './install.ts'
import { findTool } from './toolchain.ts'

const run = promisify(execFile)
const VITE = path.resolve(import.meta.dirname, '../../node_modules/vite/bin/vite.js')

/** No sandbox, because CI runs as root; the rest keeps Chromium from calling home. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A built client on a web server of its own: another origin than Picket's, as in real life. */
export interface Site {
  /** Ends without a slash. */
  url: string
  stop: () => Promise<void>
}

/** Builds a client's pages as it would be built for its users, and serves them. */
export async function serveSite(name: string): Promise<Site> {
  const root = clientFolder(name)
  await run(process.execPath, [VITE, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', VITE_SENTRY_DSN: inject('picket').dsn },
  })
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'warn',
    appType: 'mpa',
    preview: { port: 0, host: '127.0.0.1' },
  })
  const { port } = server.httpServer.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() }
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findTool('chromium')!, args: FLAGS })
}

/** Opens a page; `answers` collects what Picket said to each request the SDK sent. */
export async function openPage(
  browser: Browser,
  url: string,
): Promise<{ page: Page; answers: { status: number; type: string }[] }> {
  const page = await browser.newPage()
  const answers: { status: number; type: string }[] = []
  page.on('response', (response) => {
    if (!response.url().includes('/envelope/')) return
    const type = /"type":"(\w+)"/.exec(response.request().postData() ?? '')?.[1] ?? 'none'
    answers.push({ status: response.status(), type })
  })
  await page.goto(url)
  return { page, answers }
}
