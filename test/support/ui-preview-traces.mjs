// The calls that the preview's Activity shows: every ending, a fallback, a kept answer.
import { minute, now, priced, usage } from './ui-preview-values.mjs'

/** Of the newest call and those before it: ids sort as calls began. Those below zero are newer still. */
export function traceId(index) {
  return `0199${String(1_000_000 - index).padStart(28, '0')}`
}

const labels = [
  { feature: null, project: 'house', session: 'heat-pumps', tags: [] },
  { feature: null, project: null, session: null, tags: ['kept'] },
  { feature: 'complete', project: 'homeport', session: null, tags: [] },
  { feature: 'inbox', project: null, session: null, tags: ['nightly', 'slow'] },
  { feature: 'commit', project: 'homeport', session: null, tags: [] },
  { feature: 'digest', project: 'notes', session: 'digest-2026-11', tags: ['nightly'] }
]

const calls = [
  {
    title: 'Heat pump quotes compared',
    app: 'Chat',
    model: 'openrouter/anthropic/claude-sonnet-5',
    durationMs: 4930,
    firstTokenMs: 610,
    usage: usage(6102, 5400, 318),
    cost: priced(0.0113)
  },
  {
    title: 'Why is the square root of two irrational?',
    app: 'Chat',
    model: 'auto',
    providerId: 'openai',
    providerModel: 'gpt-5.2',
    durationMs: 9300,
    firstTokenMs: 5100,
    usage: usage(1200, 0, 640),
    cost: priced(0.0084)
  },
  {
    title: 'complete: export async function',
    app: 'Continue (VS Code)',
    model: 'on-device/qwen3-4b-q4_k_m',
    status: 'aborted',
    durationMs: 800,
    firstTokenMs: 120,
    usage: usage(900, 0, 22),
    cost: { kind: 'free' }
  },
  {
    title: 'summarise inbox',
    app: 'Scratch script',
    model: 'openai/gpt-5.2',
    status: 'error',
    durationMs: 6000,
    errorMessage: '429 from OpenAI: rate limit reached'
  },
  {
    title: 'Name this commit',
    app: 'Scratch script',
    model: 'fast',
    providerId: 'openai',
    providerModel: 'gpt-5.2-mini',
    cache: 'hit',
    savedNanoUsd: 4_200_000,
    durationMs: 3,
    firstTokenMs: 2,
    usage: usage(412, 0, 9),
    cost: { kind: 'priced', nanoUsd: 0, source: 'cache' }
  },
  {
    title: 'nightly digest of 31 notes',
    app: 'Nightly notes digest',
    model: 'openai/gpt-5.2-mini',
    status: 'cut',
    durationMs: 48_000,
    firstTokenMs: 1100,
    usage: usage(88_000, 0, 2900),
    cost: priced(0.0297),
    errorMessage: 'The server broke off in the middle of the answer'
  }
]

export function recordedCalls() {
  return Array.from({ length: 260 }, (_, index) => {
    const { model } = calls[index % calls.length]
    const slash = model.indexOf('/')
    return {
      id: traceId(index),
      startedAt: now - index * 7 * minute,
      dialect: 'openai-chat',
      status: 'ok',
      firstTokenMs: null,
      providerId: model.slice(0, slash),
      providerModel: model.slice(slash + 1),
      cache: null,
      savedNanoUsd: null,
      usage: null,
      cost: { kind: 'unknown' },
      stream: true,
      errorMessage: null,
      labels: labels[index % labels.length],
      score: null,
      source: index % 9 === 5 ? 'otlp' : 'gateway',
      ...calls[index % calls.length]
    }
  })
}
