import type { AppKey } from '../../../core/contract/access.ts'

/** Who calls from within Homeport, by the ids that the ledger books them under. */
const ownApps: Readonly<Record<string, string>> = {
  chat: 'Chat',
  'quick-prompt': 'Quick prompt',
  'command-line': 'Command line',
  replay: 'Replay'
}

/** By what Activity finds the calls of an app: its name, or its id where two keys have the name. */
export function appFilter(id: string, keys: readonly Pick<AppKey, 'id' | 'name'>[]): string {
  const name = appName(id, keys)
  return keys.some((key) => key.name === name && key.id !== id) ? id : name
}

/** What Activity calls the app of an id; the id itself for what is no longer there. */
export function appName(id: string, keys: readonly Pick<AppKey, 'id' | 'name'>[]): string {
  return keys.find((key) => key.id === id)?.name ?? ownApps[id] ?? id
}
