import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { type Connection, openWritable } from './connection.ts'
import { failedOutcome, type GroupCommit, groupCommit } from './group-commit.ts'
import { unpackCalls } from './posted-calls.ts'
import { packOutcomes } from './posted-outcomes.ts'
import type { DatabaseName } from './store.ts'
import type { ToWriter, WriteCall, WriteOutcome, WriterWorkerData } from './writer-messages.ts'

// The only connections that write. Main starts this file with WriterWorkerData and sends ToWriter messages.

if (!parentPort) throw new Error('writer.worker runs as a worker thread')
const port = parentPort
const { paths } = workerData as WriterWorkerData

const connections = new Map<DatabaseName, { connection: Connection; commit: GroupCommit }>()

/** Of statements, by their numbers. */
const texts: string[] = []

function callsOf(message: ToWriter): WriteCall[] {
  if (message.type === 'close') return []
  texts.push(...message.texts)
  return unpackCalls(message, texts)
}

function commitTo(database: DatabaseName): GroupCommit {
  let open = connections.get(database)
  if (!open) {
    const connection = openWritable(paths[database], database)
    open = { connection, commit: groupCommit(connection) }
    connections.set(database, open)
  }
  return open.commit
}

/** Everything that has arrived by now. While one commit waits for the disk, the next group gathers here. */
function takeQueued(first: ToWriter): ToWriter[] {
  const messages = [first]
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    messages.push(next.message as ToWriter)
  return messages
}

function writeAll(calls: readonly WriteCall[]): void {
  const byDatabase = new Map<DatabaseName, WriteCall[]>()
  for (const call of calls) {
    const group = byDatabase.get(call.database)
    if (group) group.push(call)
    else byDatabase.set(call.database, [call])
  }
  for (const [database, group] of byDatabase) {
    let outcomes: WriteOutcome[]
    try {
      outcomes = commitTo(database)(group)
    } catch (error) {
      // the database could not be opened; the next write tries again
      outcomes = group.map((call) => failedOutcome(call, error))
    }
    port.postMessage(packOutcomes(outcomes))
  }
}

port.on('message', (first: ToWriter) => {
  const messages = takeQueued(first)
  const calls = messages.flatMap(callsOf)
  if (calls.length > 0) writeAll(calls)
  if (messages.some((message) => message.type === 'close')) {
    // the last connection to close moves the WAL into the database and removes it: that is what a clean stop looks like
    for (const { connection } of connections.values()) connection.close()
    port.close()
  }
})
