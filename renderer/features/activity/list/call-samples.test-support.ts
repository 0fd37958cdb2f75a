import type { TraceSummary } from '../../../../core/contract/traces.ts'

/** A call as a list has it; `id` says where it stands. */
export function callOf(id: number, changed: Partial<TraceSummary> = {}): TraceSummary {
  return {
    id: id.toString(16).padStart(32, '0'),
    startedAt: 1000 * id,
    durationMs: 100,
    firstTokenMs: 10,
    status: 'ok',
    app: 'Editor',
    dialect: 'openai-chat',
    model: 'fast',
    providerId: 'openai',
    providerModel: 'gpt-5.2',
    cache: null,
    savedNanoUsd: null,
    title: 'Name this commit',
    usage: null,
    cost: { kind: 'unknown' },
    stream: true,
    errorMessage: null,
    labels: { feature: null, project: null, session: null, tags: [] },
    source: 'gateway',
    ...changed
  }
}
