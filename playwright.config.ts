import { defineConfig } from 'playwright/test'

/**
 * Two cores and a browser for each app: one spec at a time. Where many share a machine a browser can miss its moment, so a
 * spec gets a second try there, and `npm test` names each that needed it.
 */
export default defineConfig({
  testDir: 'test/e2e',
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  outputDir: 'test-results/out'
})
