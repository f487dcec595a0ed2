import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts CPU in hundredths of a second. */
const MS_PER_TICK = 10

/**
 * CPU that the workerd processes started by `parentPid` have used so far, ms; NaN where there is no
 * /proc to read it from.
 */
export function workerdCpuMs(parentPid: number): number {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readStat(pid))
      .filter((stat) => stat?.parentPid === parentPid && stat.name === 'workerd')
      .reduce((sum, stat) => sum + (stat?.cpuMs ?? 0), 0)
  } catch {
    return Number.NaN // not Linux: the bench says that it does not know
  }
}

function readStat(pid: string): { name: string; parentPid: number; cpuMs: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    // proc(5): after the name come state, parent, …; user and system time are fields 14 and 15.
    const fields = text.slice(end + 2).split(' ')
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK
    return { name: text.slice(text.indexOf('(') + 1, end), parentPid: Number(fields[1]), cpuMs }
  } catch {
    return null // it has ended meanwhile
  }
}
