import { silentLogger } from '../../lib/logger.ts'
import { openStore } from '../open-store.ts'

// Writes without end and prints each number once it was acknowledged, until somebody kills it.
const [dataDir = '', migrations = ''] = process.argv.slice(2)
const store = await openStore({ dataDir, logger: silentLogger, migrations: new URL(migrations) })

let next = 0
const keepWriting = async (): Promise<void> => {
  for (;;) {
    const text = `${process.pid}-${next++}`
    await store.write('homeport', [{ sql: 'INSERT INTO notes (text) VALUES (?)', params: [text] }])
    process.stdout.write(`${text}\n`)
  }
}
await Promise.all(Array.from({ length: 8 }, keepWriting))
