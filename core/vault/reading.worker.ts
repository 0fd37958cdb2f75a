import { openBuiltInEmbedder } from '../retrieval/embedders/built-in.ts'
import { answerCalls } from '../threads/answer-calls.ts'
import { readFiles } from './ingest/read-files.ts'
import type { ReadingCalls } from './ingest/reading-thread.ts'

// Reads files and takes them apart while the thread that started it writes the index. Started by reading-thread.ts.

const builtIn = openBuiltInEmbedder()

answerCalls(
  (): ReadingCalls => ({
    prepare(embeds) {
      if (embeds) builtIn.embedSync?.([])
    },
    read: (asked, embeds) => readFiles(asked, embeds ? builtIn : {})
  })
)
