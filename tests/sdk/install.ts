import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

import { findTool } from './toolchain.ts'

const run = promisify(execFile)

/** The folder of a client program: `tests/sdk/client/<name>`. */
export function clientFolder(name: string): string {
  return path.join(import.meta.dirname, 'client', name)
}

/** Installs exactly what the lock file names; a second run finds it done. */
export async function installNode(name: string): Promise<void> {
  await once(name, 'package-lock.json', 'node_modules', (folder) =>
    run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder }),
  )
}

/** Makes a virtual environment with the pinned requirements; answers its interpreter. */
export async function installPython(name: string): Promise<string> {
  const interpreter = path.join(clientFolder(name), '.venv/bin/python')
  await once(name, 'requirements.txt', '.venv', async (folder) => {
    await run(findTool('python')!, ['-m', 'venv', '--clear', '.venv'], { cwd: folder })
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '-r', 'requirements.txt']
    await run(interpreter, pip, { cwd: folder })
  })
  return interpreter
}

/** Builds a Go program; go itself knows what is up to date. Answers the executable. */
export async function buildGo(name: string): Promise<string> {
  const folder = clientFolder(name)
  const executable = path.join(folder, 'dist/client')
  await run(findTool('go')!, ['build', '-mod=readonly', '-o', executable, '.'], { cwd: folder })
  return executable
}

/** Builds a Java program with what `pom.xml` pins; answers its jar. */
export async function buildMaven(name: string, jar: string): Promise<string> {
  const folder = clientFolder(name)
  await run(findTool('maven')!, ['-q', '-B', '-ntp', 'package'], { cwd: folder })
  return path.join(folder, 'target', jar)
}

/** Builds a Rust program; cargo itself knows what is up to date. Answers the executable. */
export async function buildCargo(name: string, binary: string): Promise<string> {
  const folder = clientFolder(name)
  await run(findTool('cargo')!, ['build', '--locked', '--quiet'], { cwd: folder })
  return path.join(folder, 'target/debug', binary)
}

/** Runs `install` unless `outcome` was made from this very lock file by this very machine. */
async function once(
  name: string,
  lock: string,
  outcome: string,
  install: (folder: string) => Promise<unknown>,
): Promise<void> {
  const folder = clientFolder(name)
  const stamp = path.join(folder, outcome, '.picket-installed')
  const hash = createHash('sha256')
    .update(readFileSync(path.join(folder, lock)))
    .update(`${process.version} ${process.platform} ${process.arch} ${folder}`)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  rmSync(path.join(folder, outcome), { recursive: true, force: true })
  await install(folder)
  writeFileSync(stamp, hash)
}
