import type { DatabaseName } from './store.ts'

/** What the integrity worker is started for; it does this one thing and ends. */
export interface IntegrityTask {
  task: 'check' | 'backup'
  dataDir: string
  database: DatabaseName
}

/** `check`: whether the pages hold together. `backup`: whether a good copy was made. */
export interface IntegrityResult {
  ok: boolean
}
