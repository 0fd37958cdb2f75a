import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { formatSpeed } from '../../../components/format/tokens.ts'
import type { DotTone } from '../../../components/status-dot.tsx'

export const stateWords: Record<LocalModel['state'], { tone: DotTone; label: string }> = {
  ready: { tone: 'idle', label: 'not in memory' },
  loading: { tone: 'accent', label: 'loading' },
  loaded: { tone: 'ok', label: 'in memory' },
  broken: { tone: 'bad', label: 'cannot be used' },
  missing: { tone: 'warn', label: 'file is gone' }
}

export const kindWords: Record<LocalModel['kind'], string> = {
  chat: 'Chat',
  embedding: 'Embedding',
  rerank: 'Reranking'
}

export const originWords: Record<LocalModel['origin'], string> = {
  folder: 'Models folder',
  added: 'Added by its path',
  watched: 'Your folders',
  ollama: 'Ollama',
  'lm-studio': 'LM Studio',
  jan: 'Jan'
}

/** Whether it can be asked. */
export function isUsable({ state }: LocalModel): boolean {
  return state === 'ready' || state === 'loading' || state === 'loaded'
}

/** Why it cannot be used. */
export function problemWords(model: LocalModel): string {
  if (model.problem !== null) return model.problem
  return wayToRemove(model) === null
    ? 'The file is gone. Put it back to use it.'
    : 'The file is gone. Put it back, or take the model off the list.'
}

/** Tokens per second as measured here: written by a model that chats, read by one that does not. */
export function speedWords({ kind, speed }: LocalModel): string | null {
  const perSecond = kind === 'chat' ? speed?.output : speed?.prompt
  return perSecond ? formatSpeed(perSecond) : null
}

/** How it can be taken off the list: its file deleted, only forgotten, or not here at all. */
export function wayToRemove({ origin }: LocalModel): 'delete' | 'forget' | null {
  if (origin === 'folder') return 'delete'
  return origin === 'added' ? 'forget' : null
}

/** Models that could guess ahead for this one: of its family, at most half its size, smallest first. */
export function draftCandidates(model: LocalModel, all: readonly LocalModel[]): LocalModel[] {
  return all
    .filter(
      (other) =>
        other.id !== model.id &&
        other.kind === 'chat' &&
        isUsable(other) &&
        other.architecture !== null &&
        other.architecture === model.architecture &&
        (other.parameters ?? Infinity) * 2 <= (model.parameters ?? 0)
    )
    .sort((a, b) => (a.parameters ?? 0) - (b.parameters ?? 0))
}
