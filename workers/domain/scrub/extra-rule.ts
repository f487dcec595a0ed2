/**
 * What Picket scrubs by default beyond Sentry, and where it is more careful than Sentry. Each rule
 * can be switched off by its name; remarks carry it as `picket:<name>`. Why these: decisions/0012.
 */
export const EXTRA_RULES = {
  'secret-pairs':
    'Values named as secrets in messages, exceptions, URLs and other text: password=…, "apiKey": "…"',
  'api-tokens':
    'Tokens with a known prefix: JWT, AWS, GitHub, GitLab, Slack, Stripe, Google, npm, Sentry and others',
  'auth-schemes': 'Credentials behind Bearer, Basic and other HTTP schemes',
  'url-credentials': 'Passwords in URLs: postgres://user:…@host',
  'private-keys': 'Bodies of PEM keys in messages and source lines',
  'card-numbers': 'Credit card numbers in messages, tags and numeric fields',
  ibans: 'Bank account numbers in messages and tags',
  ssns: 'US social security numbers in messages and tags',
  addresses: 'E-mail and IP addresses in messages, where IP addresses are scrubbed',
  'secret-keys': 'Fields named as secrets in tags and known contexts, and more names everywhere',
  'session-cookies': 'Cookies that keep somebody signed in, beyond those Sentry knows by name',
  'number-checks':
    'Cards and bank accounts must have valid check digits, so that order numbers survive',
  'harmless-words':
    'Words such as author, tokenizer or passwordless, and counts of tokens, are no secrets',
} as const

export type ExtraRule = keyof typeof EXTRA_RULES

export const EXTRA_RULE_NAMES = Object.keys(EXTRA_RULES) as [ExtraRule, ...ExtraRule[]]
