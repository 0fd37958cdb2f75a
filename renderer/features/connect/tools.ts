import type { ConnectTool } from './connect-tool.ts'
import { aider } from './tools/aider.ts'
import { claudeCode } from './tools/claude-code.ts'
import { cline } from './tools/cline.ts'
import { codex } from './tools/codex.ts'
import { continueDev } from './tools/continue.ts'
import { curl } from './tools/curl.ts'
import { cursor } from './tools/cursor.ts'
import { geminiCli } from './tools/gemini-cli.ts'
import { node } from './tools/node.ts'
import { obsidianCopilot } from './tools/obsidian-copilot.ts'
import { openWebui } from './tools/open-webui.ts'
import { opencode } from './tools/opencode.ts'
import { python } from './tools/python.ts'
import { smartConnections } from './tools/smart-connections.ts'
import { textGenerator } from './tools/text-generator.ts'
import { zed } from './tools/zed.ts'

/** Programs with a set-up of their own, in the order of the list. */
export const tools: readonly [ConnectTool, ...ConnectTool[]] = [
  claudeCode,
  codex,
  geminiCli,
  opencode,
  aider,
  continueDev,
  cline,
  cursor,
  zed,
  openWebui,
  obsidianCopilot,
  smartConnections,
  textGenerator,
  curl,
  python,
  node
]
