import { openBuiltInEmbedder } from '../retrieval/embedders/built-in.ts'
import { answerCalls } from '../threads/answer-calls.ts'
import { readFiles } from './ingest/read-files.ts'
import type { ReadingThread } from './ingest/reading-thread.ts'

// Reads files and takes them apart while the thread that started it writes the index. Started by reading-thread.ts.

const builtIn = openBuiltInEmbedder()

answerCalls(
  (): Pick<ReadingThread, 'read'> => ({
    read: (asked, embeds) => readFiles(asked, embeds ? builtIn : {})
  })
)
