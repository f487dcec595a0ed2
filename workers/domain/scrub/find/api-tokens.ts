import { type Find, NOWHERE, type Range } from '../rule.ts'

/*
 * Tokens that can be told by their prefix, as their issuers document it. A quick pattern leaps from
 * prefix to prefix; there the exact ones look. A token begins where no longer word of its own
 * alphabet can, so that a long run is read once.
 */

/** Letters and digits only, after the prefix. */
const PLAIN_TOKENS = [
  // Amazon: access key ids.
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])',
  // GitHub: personal, OAuth, user-to-server, server-to-server, refresh.
  'gh[pousr]_[A-Za-z0-9]{20,255}',
  'github_pat_[A-Za-z0-9]{20,82}(?:_[A-Za-z0-9]{20,82})?',
  // Stripe: secret and restricted keys, webhook secrets.
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,255}',
  'whsec_[A-Za-z0-9+/=]{16,128}',
  // npm, Hugging Face, Databricks, Shopify, Mailgun.
  'npm_[A-Za-z0-9]{30,64}',
  'hf_[A-Za-z0-9]{30,64}',
  'dapi[0-9a-f]{32}(?![0-9a-f])',
  'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}',
  'key-[0-9a-f]{32}(?![0-9a-f])',
  // DigitalOcean, Linear, Supabase, Sentry (user), age, Slack (webhook addresses).
  'do[opr]_v1_[0-9a-f]{64}',
  'lin_api_[A-Za-z0-9]{32,64}',
  'sb[ps]_[0-9a-f]{40}',
  'sntryu_[0-9a-f]{40,128}',
  'AGE-SECRET-KEY-1[A-Z0-9]{50,64}',
  'hooks\\.slack\\.com/services/[A-Za-z0-9/]{20,128}',
]

/** Dashes and underscores too. */
const DASHED_TOKENS = [
  // JSON Web Tokens: base64 of `{"`, a dot, more; up to five parts.
  'eyJ[\\w-]{8,4096}\\.[\\w-]{6,8192}(?:\\.[\\w-]{0,4096}){0,3}',
  // Slack.
  'xox[abeoprs]-[A-Za-z0-9-]{10,255}',
  'xapp-\\d-[A-Za-z0-9-]{20,255}',
  // Google: API keys, access tokens, client secrets.
  'AIza[\\w-]{35}(?![\\w-])',
  'ya29\\.[\\w-]{20,2048}',
  'GOCSPX-[\\w-]{20,64}',
  // GitLab, PyPI, OpenAI and those after it, Anthropic.
  'gl(?:pat|dt|rt|cbt|ptt|soat|agent|ft|imt)-[\\w-]{20,255}',
  'pypi-[\\w-]{50,255}',
  'sk-(?:proj-|svcacct-|admin-|ant-|or-)?[\\w-]{20,255}',
  // Sentry (organization), SendGrid, Vault, Grafana, Square, Atlassian, Postman.
  'sntrys_[\\w-]{20,4096}(?:[=+/][\\w+/=-]{0,4096})?',
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,128}',
  'hv[sbr]\\.[\\w-]{20,512}',
  'gl(?:sa|c)_[\\w-]{20,512}',
  'sq0(?:atp|csp|idp)-[\\w-]{22,64}',
  'ATATT3[\\w-]{20,512}=?[0-9A-F]{0,8}',
  'PMAK-[0-9a-f]{24}-[0-9a-f]{34}',
]

/** Numbers, and then what no number has. */
const TELEGRAM_TOKEN = '\\d{8,10}:AA[\\w-]{33}(?![\\w-])'

const PREFIX =
  /A(?:[KS]IA|BIA|CCA|GE-S|Iza|TATT3)|gh[pousr]_|github_pat_|[sr]k_(?:live|test)_|whsec_|npm_|hf_|dapi|shp|key-|do[opr]_v1_|lin_api_|sb[ps]_|sntry[su]_|hooks\.slack|eyJ|xox[a-z]-|xapp-|ya29\.|GOCSPX-|gl(?:pat|[dr]t|cbt|ptt|soat|agent|ft|imt)-|pypi-|sk-|SG\.|hv[sbr]\.|gl(?:sa|c)_|sq0|PMAK-|(?<!\d)\d{8,10}:AA/g
const PLAIN = new RegExp(PLAIN_TOKENS.join('|'), 'y')
const DASHED = new RegExp([...DASHED_TOKENS, TELEGRAM_TOKEN].join('|'), 'y')

/** Three characters of each prefix, the rarest, for ./features.ts. */
export const TOKEN_TRIGRAMS: readonly string[] = [
  ...['aki', 'sia', 'bia', 'cca', 'y-1', 'iza', 'tt3', 'ghp', 'gho', 'ghu', 'ghs', 'ghr', 'ub_'],
  ...['sk_', 'rk_', 'whs', 'pm_', 'hf_', 'dap', 'shp', 'ey-', '_v1', 'n_a', 'sbp', 'sbs', 'rys'],
  ...['ryu', 'k.c', 'eyj', 'xox', 'xap', '29.', 'ocs', 'lpa', 'ldt', 'lrt', 'glc', 'lpt', 'gls'],
  ...['lag', 'lft', 'imt', 'ypi', 'sk-', 'sg.', 'hvs', 'hvb', 'hvr', 'sq0', 'pma', ':aa'],
]

export const findApiTokens: Find = (text) => {
  const found: Range[] = []
  let reached = 0
  PREFIX.lastIndex = 0
  for (let prefix = PREFIX.exec(text); prefix !== null; prefix = PREFIX.exec(text)) {
    const end = tokenEnd(text, prefix.index, reached)
    if (end < 0) continue
    found.push([prefix.index, end])
    reached = end
    PREFIX.lastIndex = end
  }
  return found.length > 0 ? found : NOWHERE
}

/** Where the token ends that begins at an offset, or -1. `reached`: where the one before ended. */
function tokenEnd(text: string, at: number, reached: number): number {
  const before = text[at - 1] ?? ''
  // A word also begins behind a percent escape and behind another token.
  const isEscaped = text[at - 3] === '%' && /^[0-9a-f]{2}$/i.test(text.slice(at - 2, at))
  const isBegun = isEscaped || at === reached
  if (isBegun || !/[A-Za-z0-9]/.test(before)) {
    PLAIN.lastIndex = at
    if (PLAIN.test(text)) return PLAIN.lastIndex
  }
  if (isBegun || !/[\w-]/.test(before)) {
    DASHED.lastIndex = at
    if (DASHED.test(text)) return DASHED.lastIndex
  }
  return -1
}
