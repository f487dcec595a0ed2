import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export const CHROMIUM = '/usr/bin/chromium'

/**
 * Makes sure that browser tests have a browser: Debian's, by apt, where we may install it. Answers
 * false where there is none and cannot be; then those suites say so and skip.
 */
export function ensureChromium(): boolean {
  if (existsSync(CHROMIUM)) return true
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false
  console.log('Installing Chromium by apt (once) …')
  const apt = (...args: string[]): number | null =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status
  apt('update')
  apt('install', '-y', '--no-install-recommends', 'chromium')
  return existsSync(CHROMIUM)
}
