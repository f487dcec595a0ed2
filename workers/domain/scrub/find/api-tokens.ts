import type { Find } from '../rule.ts'
import { byPattern } from './by-pattern.ts'

/*
 * Tokens that can be told by their prefix, as their issuers document it. Each pattern begins where
 * no longer word of its own alphabet can begin, so that a long run is read once.
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
  // npm, Hugging Face, Databricks, Shopify, Mailgun, Twilio.
  'npm_[A-Za-z0-9]{30,64}',
  'hf_[A-Za-z0-9]{30,64}',
  'dapi[0-9a-f]{32}(?![0-9a-f])',
  'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}',
  'key-[0-9a-f]{32}(?![0-9a-f])',
  'SK[0-9a-f]{32}(?![0-9a-f])',
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
  // Sentry (organization), SendGrid, Vault, Grafana, Square, Atlassian, Postman, Facebook.
  'sntrys_[\\w-]{20,4096}(?:[=+/][\\w+/=-]{0,4096})?',
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,128}',
  'hv[sbr]\\.[\\w-]{20,512}',
  'gl(?:sa|c)_[\\w-]{20,512}',
  'sq0(?:atp|csp|idp)-[\\w-]{22,64}',
  'ATATT3[\\w-]{20,512}=?[0-9A-F]{0,8}',
  'PMAK-[0-9a-f]{24}-[0-9a-f]{34}',
  // Telegram bots.
  '\\d{8,10}:AA[\\w-]{33}(?![\\w-])',
]

/** A word may also begin behind a percent escape. */
const ESCAPE = '(?<=%[0-9A-Fa-f]{2})'
const TOKEN = new RegExp(
  `(?:(?<![A-Za-z0-9])|${ESCAPE})(?:${PLAIN_TOKENS.join('|')})|` +
    `(?:(?<![\\w-])|${ESCAPE})(?:${DASHED_TOKENS.join('|')})`,
  'g',
)

export const findApiTokens: Find = byPattern(TOKEN)
