import { watch } from 'node:fs'
import { workerData } from 'node:worker_threads'

// Tries whether a folder can be watched; ends with an error where it cannot. Started by watch-refusal.ts.

watch(workerData as string).close()
