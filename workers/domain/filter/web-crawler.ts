/** Crawlers by what they call themselves (spec/event-processing.md §4.3). */
const CRAWLERS = new RegExp(
  [
    'Mediapartners-Google',
    'AdsBot-Google',
    'Googlebot',
    'FeedFetcher-Google',
    'Storebot-Google',
    'BingBot',
    'BingPreview',
    'Baiduspider',
    'Slurp',
    'Sogou',
    'facebook',
    'meta-',
    'ia_archiver',
    '(?:bots?|spider)(?:[/\\s);]|$)',
    'Slack',
    'Calypso AppCrawler',
    'pingdom',
    'lyticsbot',
    'AWS Security Scanner',
    'HubSpot Crawler',
    'Bytespider',
    'Better Uptime',
    'Cloudflare-Healthchecks',
    'GTmetrix',
    'BrightEdgeOnCrawl',
    'ELB-HealthChecker',
    'naver\\.me/spd',
    'ClaudeBot',
    'CCBot',
    'OAI-SearchBot',
    'GPTBot',
    'PerplexityBot',
    'Applebot',
    'DuckDuckBot',
  ].join('|'),
  'i',
)

/**
 * They fetch because a person asked, or are our users' own; and Cubot makes phones, which Sentry
 * takes for crawlers.
 */
const WELCOME = /Slackbot 1\.\d+|SentryUptimeBot|ChatGPT-User|\bCubot /i

/** Longer agents are cut: nobody introduces itself later than here. */
const USER_AGENT_CHARS_MAX = 1024

export function isWebCrawler(userAgent: string): boolean {
  const agent = userAgent.slice(0, USER_AGENT_CHARS_MAX)
  return CRAWLERS.test(agent) && !WELCOME.test(agent)
}
