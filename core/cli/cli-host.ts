import type { Readable, Writable } from 'node:stream'
import type { SpawnChild } from '../contract/daemon-messages.ts'
import { spawnWithNode } from '../inference/engine/spawn-child.ts'
import { entryUrl } from '../lib/entry-url.ts'

export type Output = Writable & { isTTY?: boolean }
export type Input = Readable & { isTTY?: boolean }

/** The process that a command runs in: plain Node, Electron's main process, or a test. */
export interface CliHost {
  spawnChild: SpawnChild
  stdin: Input
  stdout: Output
  stderr: Output
  env: Readonly<Record<string, string | undefined>>
}

/** This process as a host, where the caller brings nothing else. */
export function processHost(own: Partial<CliHost> = {}): CliHost {
  const { stdin, stdout, stderr, env } = process
  const spawnChild = spawnWithNode({
    inference: entryUrl(import.meta.url, '../inference/worker/inference.worker.ts')
  })
  return { spawnChild, stdin, stdout, stderr, env, ...own }
}
