import { expect, test } from 'vitest'
import { codeFiles } from './source-files.ts'
import { importViolations } from './violations.ts'

const programFiles = codeFiles().filter(({ path }) => /^(core|main|preload|renderer)\//.test(path))

test('no file imports what its room may not', () => {
  expect(programFiles.length).toBeGreaterThan(50)
  const violations = programFiles.flatMap(importViolations)
  expect(violations, violations.join('\n')).toEqual([])
})

/** Planted breaches: a path, a line of code in it, and the words of the complaint. */
const breaches: [string, string, RegExp][] = [
  [
    'core/chats/x.ts',
    "import { trace } from '../traces/traces.ts'",
    /core\/chats may not import core\/traces/
  ],
  ['core/chats/x.ts', "import type { T } from '../traces/traces.ts'", /may not import core\/traces/],
  ['core/chats/x.ts', "export * from '../costs/ledger.ts'", /may not import core\/costs/],
  ['core/chats/x.ts', "export { a } from '../costs/ledger.ts'", /may not import core\/costs/],
  ['core/chats/x.ts', "export type { A } from '../costs/ledger.ts'", /may not import core\/costs/],
  ['core/chats/x.ts', "const m = await import('../costs/ledger.ts')", /may not import core\/costs/],
  ['core/chats/x.ts', "type T = import('../costs/ledger.ts').T", /may not import core\/costs/],
  ['core/chats/x.ts', "import x = require('../costs/ledger.ts')", /may not import core\/costs/],
  ['core/chats/x.ts', "const x = require('../costs/ledger.ts')", /may not import core\/costs/],
  ['core/chats/x.ts', "import '../daemon.ts'", /may not import core\/daemon\.ts/],
  ['core/chats/x.ts', "import '../access/access.ts'", /may not import core\/access/],
  ['core/gateway/x.ts', "import '../daemon.ts'", /may not import core\/daemon\.ts/],
  ['core/daemon.ts', "import './cli/cli.ts'", /may not import core\/cli/],
  ['core/contract/x.ts', "import { uuid } from 'uuid'", /no package but zod/],
  ['core/contract/x.ts', "import '../lib/ids.ts'", /may not import core\/lib/],
  ['core/contract/x.ts', "import { join } from 'node:path'", /runs without Node/],
  ['core/lib/x.ts', "import '../errors/homeport-error.ts'", /may not import core\/errors/],
  ['core/errors/x.ts', "import '../lib/ids.ts'", /may not import core\/lib/],
  ['core/store/x.ts', "import '../settings/settings.ts'", /may not import core\/settings/],
  ['core/store/x.ts', "import './writer.test.ts'", /only tests import tests/],
  [
    'core/providers/mistral/x.ts',
    "import '../openai-compatible/adapter.ts'",
    /may not import core\/providers\/openai/
  ],
  ['core/providers/shared/x.ts', "import '../openai-compatible/adapter.ts'", /may not import/],
  ['core/pipeline/x.ts', "import '../gateway/server.ts'", /may not import core\/gateway/],
  ['core/chats/x.ts', "import { app } from 'electron'", /electron stays in main, preload/],
  ['core/chats/x.ts', "import type { App } from 'electron/main'", /electron stays in main, preload/],
  ['core/chats/x.ts', "import Database from 'better-sqlite3'", /better-sqlite3 stays in core\/store/],
  ['core/brandnew/x.ts', 'export const x = 1', /no room that the rules know/],
  ['core/chats/x.ts', "import '../brandnew/x.ts'", /no room that the rules know/],
  ['main/x.ts', "import '../core/lib/ids.ts'", /main may not import core\/lib/],
  ['main/x.ts', "import '../renderer/app/app.tsx'", /main may not import renderer/],
  ['preload/x.ts', "import '../core/errors/homeport-error.ts'", /preload may not import core\/errors/],
  [
    'renderer/app/x.tsx',
    "import '../../core/errors/homeport-error.ts'",
    /renderer may not import core\/errors/
  ],
  [
    'renderer/features/chat/x.tsx',
    "import '../models/models-screen.tsx'",
    /may not import renderer\/features\/models/
  ],
  ['renderer/features/chat/x.tsx', "import '../../app/shell.tsx'", /may not import renderer/],
  ['renderer/components/x.tsx', "import '../client/daemon.ts'", /components may not import renderer\/client/],
  ['renderer/client/x.ts', "import '../components/button.tsx'", /client may not import renderer\/components/],
  ['renderer/app/x.tsx', "import { readFileSync } from 'fs'", /runs without Node/]
]
test.each(breaches)('%s with `%s` is a breach', (path, text, complaint) => {
  expect(importViolations({ path, text })).toEqual([expect.stringMatching(complaint)])
})

/** Imports that must stay possible. */
const fine: [string, string][] = [
  ['core/providers/mistral/adapter.ts', "import '../shared/sse.ts'; import '../spec/provider.ts'"],
  ['core/daemon.ts', "import './providers/mistral/adapter.ts'; import './gateway/server.ts'"],
  ['core/cli/commands/serve.ts', "const { openDaemon } = await import('../../daemon.ts')"],
  [
    'renderer/app/shell.tsx',
    "import { Chat } from '../features/chat/chat-screen.tsx'; import { useState } from 'react'"
  ],
  [
    'renderer/features/chat/x.tsx',
    "import './y.tsx'; import type { Chat } from '../../../core/contract/chats.ts'"
  ],
  ['main/windows/x.ts', "import { app } from 'electron'; import '../../core/errors/homeport-error.ts'"],
  ['core/chats/chats.test.ts', "import '../daemon.ts'; import '../../test/support/tiny-gguf.ts'"]
]
test.each(fine)('%s with `%s` is fine', (path, text) => {
  expect(importViolations({ path, text })).toEqual([])
})
