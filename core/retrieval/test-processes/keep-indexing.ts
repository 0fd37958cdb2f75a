import { openBuiltInEmbedder } from '../embedders/built-in.ts'
import { openIndexWriter } from '../index-writer.ts'
import { prepareDocument } from '../prepare-document.ts'
import { someNotes } from './some-notes.ts'

// Puts notes, every other one prepared, gives the rest vectors and leaves lines out, a few at a time, until all is done or somebody kills it.
const [path = ''] = process.argv.slice(2)
const embedder = openBuiltInEmbedder()
const { signal } = new AbortController()
const writer = openIndexWriter({ path, embedder })
process.stdout.write('open\n')
const known = new Set(writer.files().map((file) => file.path))
const missing = someNotes()
  .filter((note) => !known.has(note.path))
  .map((note, index) => (index % 2 === 0 ? note : prepareDocument(note, embedder)))
for (let at = 0; at < missing.length; at += 7) {
  writer.put(missing.slice(at, at + 7))
  await writer.embedNext(5, signal)
}
do while ((await writer.embedNext(20, signal)) > 0);
while (writer.maintain(10))
writer.markComplete(1)
writer.close()
