import { compileCaselessGlob } from '../grouping/glob/glob.ts'

/** True for a text that one of the globs fits whole, in any case; never for an empty text (§4). */
export function globTest(patterns: string[]): (text: string | null | undefined) => boolean {
  const globs = patterns.filter((pattern) => pattern !== '').map(compileCaselessGlob)
  return (text) => {
    if (!text || globs.length === 0) return false
    const lower = text.toLowerCase()
    return globs.some((matches) => matches(lower))
  }
}
