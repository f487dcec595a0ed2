import { readdirSync, readFileSync } from 'node:fs'

import { inject } from 'vitest'

const MIB = 1024 * 1024
const PAGE_BYTES = 4096
const SAMPLE_EVERY_MS = 20

/** Resident bytes of the workerd processes the product runs; null where there is no /proc. */
export function workerdBytes(): number | null {
  if (process.platform !== 'linux') return null
  const group = String(inject('picket').pid)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map((pid) => residentBytes(pid, group)).reduce((sum, bytes) => sum + bytes, 0)
}

/** Runs `work` and says by how many MiB workerd's memory rose above where it began, at its peak. */
export async function peakRiseMib(work: () => Promise<unknown>): Promise<number> {
  const before = workerdBytes() ?? 0
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, workerdBytes() ?? 0)
  }, SAMPLE_EVERY_MS)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return Math.round((peak - before) / MIB)
}

function residentBytes(pid: string, group: string): number {
  try {
    // "pid (command) state parent group …": the command may hold spaces, so we cut behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, command, rest] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? []
    if (command !== 'workerd' || rest?.split(' ')[2] !== group) return 0
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES
  } catch {
    return 0 // it ended while we looked
  }
}
