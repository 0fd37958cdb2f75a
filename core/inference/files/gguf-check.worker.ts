import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import type { CheckMessage } from './gguf-check.ts'
import { type ByteSource, GgufError } from './gguf-cursor.ts'
import { type GgufHeader, readGgufHeader } from './gguf-header.ts'
import { summarize } from './gguf-summary.ts'

const pathsSchema = z.array(z.string()).min(1)
const post = (message: CheckMessage) => parentPort?.postMessage(message)

parentPort?.on('message', async (message: unknown) => {
  try {
    const summary = summarize(pathsSchema.parse(message).map(readFile))
    post({ type: 'checked', summary })
    if (summary.chatTemplate !== null) await tryTemplate(summary.chatTemplate)
    post({ type: 'done' })
  } catch (error) {
    post({
      type: 'refused',
      problem: error instanceof GgufError ? error.message : 'the file could not be read'
    })
  }
})

function readFile(path: string): GgufHeader {
  const file = openSync(path, 'r')
  try {
    const source: ByteSource = {
      size: fstatSync(file).size,
      read(target, offset) {
        for (let filled = 0; filled < target.length; ) {
          const count = readSync(file, target, filled, target.length - filled, offset + filled)
          if (count === 0) throw new GgufError('the file became shorter while it was read')
          filled += count
        }
      }
    }
    return readGgufHeader(source)
  } finally {
    closeSync(file)
  }
}

/**
 * Renders the template as the engine will. One that is wrong is the engine's to work around; one that does not come to
 * an end is what the caller's deadline is for.
 */
async function tryTemplate(template: string): Promise<void> {
  const { JinjaTemplateChatWrapper } = await import('node-llama-cpp')
  post({ type: 'rendering' })
  try {
    new JinjaTemplateChatWrapper({ template })
  } catch {
    // the engine then falls back to the wrapper of the model's family
  }
}
