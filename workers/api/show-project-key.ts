import type { ProjectKey } from '#contract/project-key.ts'
import { formatDsn } from '#domain/dsn/parse-dsn.ts'
import type { ProjectKeyRow } from '#store/project-key.ts'
import { isoDate } from './date.ts'

/** A client key with every address an SDK or a browser may be pointed at. */
export function showProjectKey(key: ProjectKeyRow, origin: string) {
  const { publicKey, projectId, name, isActive, createdAt } = key
  const { rateLimitCount: count, rateLimitWindowSeconds: window } = key
  const dsn = formatDsn(origin, publicKey, projectId)
  const endpoint = (name: string): string =>
    `${origin}/api/${projectId}/${name}/?sentry_key=${publicKey}`
  return {
    id: publicKey,
    name,
    label: name,
    public: publicKey,
    // Secret keys ended with the old SDKs that needed one; clients only want the field.
    secret: publicKey,
    projectId,
    isActive,
    rateLimit: count !== null && window !== null ? { count, window } : null,
    dsn: {
      public: dsn,
      secret: dsn,
      csp: endpoint('csp-report'),
      security: endpoint('security'),
      minidump: endpoint('minidump'),
      nel: endpoint('nel'),
      unreal: `${origin}/api/${projectId}/unreal/${publicKey}/`,
      playstation: endpoint('playstation'),
      crons: `${origin}/api/${projectId}/cron/___MONITOR_SLUG___/${publicKey}/`,
      cdn: `${origin}/js-sdk-loader/${publicKey}.min.js`,
      integration: `${origin}/api/${projectId}/integration/`,
      otlp_traces: `${origin}/api/${projectId}/integration/otlp/v1/traces`,
      otlp_logs: `${origin}/api/${projectId}/integration/otlp/v1/logs`,
    },
    browserSdkVersion: 'latest',
    browserSdk: { choices: [['latest', 'latest']] },
    dynamicSdkLoaderOptions: {
      hasReplay: false,
      hasPerformance: false,
      hasDebug: false,
      hasFeedback: false,
      hasLogsAndMetrics: false,
    },
    useCase: 'user',
    dateCreated: isoDate(createdAt),
  } satisfies ProjectKey
}
