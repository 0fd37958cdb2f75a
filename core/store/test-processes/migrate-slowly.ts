import { openWritable } from '../connection.ts'
import { migrate } from '../migrate.ts'
import { listMigrations } from '../migration-files.ts'

// Migrates homeport.db and says each time a statement of a migration has run, so that it can be killed in between.
const [path = '', migrations = ''] = process.argv.slice(2)
const connection = openWritable(path, 'homeport')
connection.function('reached', (step: unknown) => {
  process.stdout.write(`${step}\n`)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  return 1
})
migrate(connection, listMigrations('homeport', new URL(migrations)))
process.stdout.write('done\n')
setInterval(() => {}, 60_000)
