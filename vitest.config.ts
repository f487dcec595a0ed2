import path from 'node:path'

import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

/** The product's own wrangler.toml, with a secret and quick queues. */
const workerd = cloudflareTest(async () => ({
  wrangler: { configPath: './wrangler.toml' },
  miniflare: {
    bindings: {
      PICKET_SECRET: 'a secret that only tests know',
      TEST_MIGRATIONS: await readD1Migrations(path.join(root, 'migrations')),
    },
    // Replaces the consumers of wrangler.toml, it does not merge: the dead-letter queue is named again.
    queueConsumers: {
      'picket-packs': {
        maxBatchSize: 10,
        maxBatchTimeout: 0,
        maxRetries: 2,
        deadLetterQueue: 'picket-packs-dead',
      },
      'picket-packs-dead': { maxBatchSize: 10, maxBatchTimeout: 0, maxRetries: 2 },
    },
  },
}))

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'workers/domain/**/*.test.ts',
            'workers/gate/rhythm.test.ts',
            'scripts/**/*.test.ts',
            'tests/architecture.test.ts',
            'tests/docs.test.ts',
          ],
        },
      },
      {
        resolve: { alias: { '~': path.join(root, 'dashboard/src') } },
        test: { name: 'dashboard', include: ['dashboard/src/**/*.test.ts'] },
      },
      {
        plugins: [workerd],
        test: {
          name: 'workerd',
          include: ['workers/**/*.test.ts', 'tests/journey/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'workers/domain/**', 'workers/gate/rhythm.test.ts'],
          setupFiles: ['./tests/journey/setup.ts'],
          testTimeout: 30_000,
          maxWorkers: 1,
        },
      },
      {
        // Pure code once more, where it will run. It shares one workerd: there is nothing to isolate.
        plugins: [workerd],
        test: {
          name: 'domain on workerd',
          include: ['workers/domain/**/*.test.ts'],
          // They read ../shared, which workerd cannot.
          exclude: ['**/node_modules/**', 'workers/**/*.conformance.test.ts'],
          testTimeout: 60_000,
          isolate: false,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'sdk',
          include: ['tests/sdk/**/*.test.ts'],
          globalSetup: ['./tests/sdk/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        // Toolchains that compile for minutes: `npm run test:clients`, not `npm test`.
        test: {
          name: 'clients',
          include: ['tests/clients/**/*.test.ts'],
          globalSetup: ['./tests/sdk/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['./tests/sdk/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'fault',
          include: ['tests/fault/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
