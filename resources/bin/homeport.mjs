#!/usr/bin/env node
// The `homeport` command of a checkout. The packaged app runs the same command line through its executable (--cli).
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfStale } from './build-if-stale.mjs'
import { root, runsOnSuitableNode } from './pinned-node.mjs'

if (await runsOnSuitableNode(import.meta.url)) {
  if (buildIfStale(root)) {
    const { runAsProcess } = await import(pathToFileURL(join(root, 'out/main/cli.mjs')).href)
    await runAsProcess(process.argv.slice(2))
  } else process.exitCode = 1
}
