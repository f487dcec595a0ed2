import { type CompiledRules, compileRules } from './enhancement/compile-rules.ts'
import { parseEnhancements } from './enhancement/parse-rules.ts'
import type { EnhancementRule } from './enhancement/rule.ts'
import { BUILT_IN_RULES } from './fingerprint/built-in-rules.ts'
import { compileFingerprintRule } from './fingerprint/compile-rules.ts'
import { parseFingerprinting } from './fingerprint/parse-rules.ts'
import type { GroupingConfig, GroupingConfigId } from './grouping-config.ts'
import type { GroupingVersion } from './grouping-version.ts'
import type { NewstyleRules } from './newstyle/group-newstyle.ts'
import type { NewstyleOptions } from './newstyle/options.ts'
import { NEWSTYLE_2023_01_11 } from './newstyle-2023-01-11/newstyle-2023-01-11.ts'
import { NEWSTYLE_2026_01_20 } from './newstyle-2026-01-20/newstyle-2026-01-20.ts'
import { ALL_REFINEMENTS, picket202612 } from './picket-2026-12/picket-2026-12.ts'

export interface CompiledGrouping {
  options: NewstyleOptions
  rules: NewstyleRules
}

const VERSIONS: Record<GroupingConfigId, (config: GroupingConfig) => GroupingVersion> = {
  'newstyle:2023-01-11': () => NEWSTYLE_2023_01_11,
  'newstyle:2026-01-20': () => NEWSTYLE_2026_01_20,
  'picket:2026-12': ({ refinements }) => picket202612({ ...ALL_REFINEMENTS, ...refinements }),
}

const compiledConfigs = new WeakMap<GroupingConfig, CompiledGrouping>()
const compiledDefaults = new Map<EnhancementRule[], CompiledRules>()
const builtIn = BUILT_IN_RULES.map((rule) => compileFingerprintRule(rule, true))

/** The config's rules ready to run; done once per config object, the default rules once in all. */
export function compileGrouping(config: GroupingConfig): CompiledGrouping {
  const known = compiledConfigs.get(config)
  if (known) return known
  const { options, rules } = VERSIONS[config.id](config)
  const compiled = {
    options,
    rules: {
      enhancements: [defaultRules(rules), ...projectRules(config.enhancements)],
      fingerprinting: [...fingerprintRules(config.fingerprinting), ...builtIn],
    },
  }
  compiledConfigs.set(config, compiled)
  return compiled
}

function defaultRules(rules: EnhancementRule[]): CompiledRules {
  const known = compiledDefaults.get(rules)
  if (known) return known
  const compiled = compileRules(rules)
  compiledDefaults.set(rules, compiled)
  return compiled
}

/** Rules that cannot be read are refused when saved; should some be found here they do nothing. */
function projectRules(text: string): CompiledRules[] {
  const parsed = parseEnhancements(text)
  return parsed.ok && parsed.value.length > 0 ? [compileRules(parsed.value)] : []
}

function fingerprintRules(text: string) {
  const parsed = parseFingerprinting(text)
  return parsed.ok ? parsed.value.map((rule) => compileFingerprintRule(rule, false)) : []
}
