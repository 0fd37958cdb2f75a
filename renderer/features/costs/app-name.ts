import type { AppKey } from '../../../core/contract/access.ts'

/** Who calls from within Homeport, by the ids that the ledger books them under. */
const ownApps: Readonly<Record<string, string>> = {
  chat: 'Chat',
  'quick-prompt': 'Quick prompt',
  'command-line': 'Command line',
  replay: 'Replay'
}

/** What Activity calls the app of an id; the id itself for what is no longer there. */
export function appName(id: string, keys: readonly Pick<AppKey, 'id' | 'name'>[]): string {
  return keys.find((key) => key.id === id)?.name ?? ownApps[id] ?? id
}
