import { acquireFolderLock } from '../folder-lock.ts'

// Takes the lock of a folder and keeps it until killed.
acquireFolderLock(process.argv[2] ?? '')
process.stdout.write('locked\n')
setInterval(() => {}, 60_000)
