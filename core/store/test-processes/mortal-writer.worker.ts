import { parentPort } from 'node:worker_threads'
import type { ToWriter } from '../writer-messages.ts'

// The real writer, but for one statement that kills its thread before the write begins.
parentPort?.on('message', (message: ToWriter) => {
  if (message.type === 'write' && message.texts.includes('die')) process.exit(1)
})
await import('../writer.worker.ts')
