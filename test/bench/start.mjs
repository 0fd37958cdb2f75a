// How long the built daemon takes to be ready, and what it weighs when idle:
//   npm run bench:start [-- --quick]
// Each run starts it twice: on an empty folder (`readyMs`, which includes making the databases) and again on the same
// folder (`restartMs`), where its memory is read after two idle seconds. Prints one JSON line last.
import { setTimeout as sleep } from 'node:timers/promises'
import { removeFolder, residentMb, startDaemon, stop, temporaryFolder } from './support/processes.mjs'
import { median, round } from './support/statistics.mjs'

const runs = process.argv.includes('--quick') ? 3 : 11
const IDLE_MS = 2000

async function measure() {
  const dataDir = temporaryFolder()
  try {
    const first = await startDaemon(dataDir)
    await stop(first.child)
    const second = await startDaemon(dataDir)
    await sleep(IDLE_MS)
    const rssMb = residentMb(second.pid)
    await stop(second.child)
    return { readyMs: first.readyMs, restartMs: second.readyMs, rssMb }
  } finally {
    removeFolder(dataDir)
  }
}

await measure() // brings the files into the page cache; not counted
const measured = []
for (let run = 0; run < runs; run++) {
  measured.push(await measure())
  process.stderr.write(`run ${run + 1}/${runs}: ready in ${Math.round(measured.at(-1).readyMs)} ms\n`)
}
const result = {
  readyMs: round(median(measured.map(({ readyMs }) => readyMs)), 0),
  restartMs: round(median(measured.map(({ restartMs }) => restartMs)), 0),
  rssMb: round(median(measured.map(({ rssMb }) => rssMb)), 1),
  runs
}
process.stdout.write(`${JSON.stringify(result)}\n`)
