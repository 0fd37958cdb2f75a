import { openBuiltInEmbedder } from '../../../retrieval/embedders/built-in.ts'
import { openIndexWriter } from '../../../retrieval/index-writer.ts'
import { createReadingThread } from '../reading-thread.ts'
import { SourceIngest } from '../source-ingest.ts'

// Brings a folder into an index: ingest-process.ts FOLDER INDEX. Says `started`, and `ready` when both agree. Made to be
// killed.

const [folder = '', indexPath = ''] = process.argv.slice(2)
const embedder = openBuiltInEmbedder()
const reading = createReadingThread()
const ingest = new SourceIngest({
  task: {
    key: 'notes/1',
    folder,
    excludes: [],
    dataDir: '/nowhere',
    indexPath,
    embedder: { choice: 'built-in', model: null }
  },
  writer: openIndexWriter({ path: indexPath, embedder }),
  embedBatch: 50,
  read: (asked) => reading.read(asked, true),
  onToRead: () => reading.prepare(true),
  onStatus({ state, problem }) {
    if (state === 'indexing') return
    process.stdout.write(`${state === 'ready' ? state : problem}\n`)
    void ingest.close().then(reading.close)
  }
})
process.stdout.write('started\n')
ingest.look(null)
