import { watchFolder } from '../watch-folder.ts'

// Watches a folder: watch-process.ts FOLDER. Says as JSON what the problem is, and what it is told first.

const watch = await watchFolder(
  process.argv[2] ?? '',
  (paths) => {
    process.stdout.write(`${JSON.stringify({ problem: watch.problem, paths })}\n`)
    void watch.close()
  },
  100
)
// a folder that is looked at from time to time keeps no process alive
setTimeout(() => {}, 2000)
