/** Language runtimes, from the one line some SDKs know of them (spec/event-processing.md §3.3). */
import type { Dictionary } from '../own-key.ts'
import { isBlank } from './draft.ts'

/** `.NET Framework` tells a release key instead of its version; from Microsoft's public table. */
const NET_FRAMEWORK: Record<string, string> = {
  '378389': '4.5',
  '378675': '4.5.1',
  '378758': '4.5.1',
  '379893': '4.5.2',
  '393295': '4.6',
  '393297': '4.6',
  '394254': '4.6.1',
  '394271': '4.6.1',
  '394802': '4.6.2',
  '394806': '4.6.2',
  '460798': '4.7',
  '460805': '4.7',
  '461308': '4.7.1',
  '461310': '4.7.1',
  '461808': '4.7.2',
  '461814': '4.7.2',
  '528040': '4.8',
  '528049': '4.8',
  '528209': '4.8',
  '528372': '4.8',
  '528449': '4.8',
  '533320': '4.8.1',
  '533325': '4.8.1',
}

export function completeRuntime(runtime: Dictionary): void {
  const { name, version, raw_description: description, build } = runtime
  if (isBlank(name) && isBlank(version) && typeof description === 'string') {
    // `.NET Core 3.1.2`: all but the last word is the name.
    const words = /^([a-zA-Z .#+-]{1,64}?) (\d+\.\d[\w.+-]{0,64})/.exec(description)
    if (words) {
      runtime['name'] = words[1]
      runtime['version'] = words[2]
    }
  }
  if (String(runtime['name'] ?? '').startsWith('.NET Framework') && isBlank(runtime['version'])) {
    const known = typeof build === 'string' && Object.hasOwn(NET_FRAMEWORK, build)
    if (known) runtime['version'] = NET_FRAMEWORK[build]
  }
  if (isBlank(runtime['name']) || isBlank(runtime['version'])) return
  runtime['runtime'] = `${runtime['name']} ${runtime['version']}`
}
