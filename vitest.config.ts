import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{core,main,preload,renderer,test}/**/*.test.ts'],
    // what waits for an event, waits: on a busy machine a process may take its seconds to start
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    maxWorkers: 2,
    // Files share the processes they run in, as loading every module again for each took a third of the run. So what a
    // test changes for its whole process (environment, timers, globals) it puts back.
    isolate: false,
    // as the program itself runs: straight under Node, which strips the types
    experimental: { viteModuleRunner: false, nodeLoader: false }
  }
})
