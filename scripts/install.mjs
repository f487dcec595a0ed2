// Plain JavaScript for whatever Node a fresh machine has (20 or newer): brings what package-lock.json
// names, among it the Node that everything else runs on.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')
const BIN = path.join(ROOT, 'node_modules/.bin')

/** Installs what package-lock.json names, unless node_modules is newer than it. */
export function installPackages() {
  const installed = path.join(ROOT, 'node_modules/.package-lock.json')
  const locked = path.join(ROOT, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs) return
  console.log('Installing packages (once, about a minute) …')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** Runs a program with the installed Node and ends as it ends; signals are its own to handle. */
export function runWithNode(args) {
  const child = spawn(path.join(BIN, 'node'), args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${BIN}${path.delimiter}${process.env['PATH']}` },
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}
