import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/** What a suite may need, where it is looked for, and how to get it. */
const TOOLS = {
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    check: ['--version'],
    advice: 'apt-get install -y chromium',
  },
  python: {
    names: ['python3'],
    check: ['-c', 'import venv, ensurepip'],
    advice: 'apt-get install -y python3 python3-venv',
  },
  go: { names: ['go'], check: ['version'], advice: 'apt-get install -y golang' },
  curl: { names: ['curl'], check: ['--version'], advice: 'apt-get install -y curl' },
  java: { names: ['java'], check: ['-version'], advice: 'apt-get install -y openjdk-17-jdk' },
  maven: { names: ['mvn'], check: ['--version'], advice: 'apt-get install -y maven' },
  ruby: {
    names: ['ruby'],
    check: ['-e', "require 'sentry-ruby'"],
    advice: 'apt-get install -y ruby ruby-sentry-ruby',
  },
  cargo: { names: ['cargo'], check: ['--version'], advice: 'see https://rustup.rs' },
} as const

export type Tool = keyof typeof TOOLS

/** The tool's executable on this machine, or null. */
export function findTool(tool: Tool): string | null {
  const { names, check } = TOOLS[tool]
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return files.find((file) => isExecutable(file) && spawnSync(file, check).status === 0) ?? null
}

/**
 * Says plainly when a suite cannot run here, so that it skips. In CI every tool has to be there:
 * a suite that skips in silence guards nothing.
 */
export function hasTool(tool: Tool): boolean {
  if (findTool(tool) !== null) return true
  const sentence = `${tool} was not found (${TOOLS[tool].advice})`
  if (process.env['CI']) throw new Error(sentence)
  console.warn(`Skipped, because ${sentence}.`)
  return false
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false // not this folder
  }
}
